/**
 * The words of plans: what each reason and each column means, and clusters in words. Knows no layout.
 */
import { isCutOff } from '../planning/cut-off.ts';
import type { Evidence } from '../planning/evidence.ts';
import type { Reason } from '../planning/reason.ts';
import { type Candidate, gpusOf } from '../planning/space.ts';
import type { Definition } from './definitions.ts';
import { formatPercent, NO_VALUE } from './format.ts';
import type { TableCell, TableColumn } from './table-spec.ts';

/** Every reason by name. */
export const reasons: Readonly<Record<Reason, Definition>> = {
  does_not_fit: {
    label: 'does not fit',
    definition: 'The model does not fit the GPUs, or one server of each pool needs more GPUs than allowed.',
  },
  overloaded: {
    label: 'overloaded',
    definition: 'A queue grows all along: more arrives than a pool can serve.',
  },
  kv_capacity: {
    label: 'KV capacity',
    definition:
      'The memory for the KV cache lacks: requests fit no replica, or blocks are nearly all in use and requests lose theirs.',
  },
  ttft: { label: 'TTFT', definition: 'The TTFT SLO is the one that most requests miss.' },
  tpot: { label: 'TPOT', definition: 'The TPOT SLO is the one that most requests miss.' },
};

/** Why a cluster does not pass, as a clause after a colon. */
export function causeOf(reason: Reason, evidence: Evidence): string {
  const late = (reason === 'ttft' || reason === 'tpot') && isCutOff(evidence);
  return late ? 'most of the others had not finished when the run ended' : CAUSES[reason];
}

/** What to do about requests that the end of the run cut off; no sentence where they are few. */
export function cutOff(evidence: Evidence | undefined): string[] {
  if (evidence === undefined || !isCutOff(evidence)) return [];
  return [
    `${formatPercent(evidence.unfinished)} of the requests had not finished when the run ended, and count as misses: a longer sim_seconds has fewer of them.`,
  ];
}

const CAUSES: Readonly<Record<Reason, string>> = {
  does_not_fit: 'the model does not fit the GPUs',
  overloaded: 'a queue grows all along',
  kv_capacity: 'there is too little memory for the KV cache',
  ttft: 'most of the others miss the TTFT SLO',
  tpot: 'most of the others miss the TPOT SLO',
};

/** `4 prefill + 12 decode GPUs`, `2 replicas on 8 GPUs`. */
export function describeServers(candidate: Candidate): string {
  const { kind, servers } = candidate;
  const counts = kind.pools.map(({ pool }, index) =>
    kind.pools.length > 1 ? `${servers[index]} ${pool}` : servers[index],
  );
  const count = servers.reduce((sum, each) => sum + each, 0);
  const gpus = gpusOf(candidate);
  const noun = `${count === gpus ? 'GPU' : 'replica'}${count === 1 ? '' : 's'}`;
  return `${counts.join(' + ')} ${noun}${count === gpus ? '' : ` on ${gpus} GPUs`}`;
}

/** `mono with 4 GPUs`; the hardware where the kind names it. */
export function describeCandidate(candidate: Candidate): string {
  return `${candidate.kind.name} with ${describeServers(candidate)}`;
}

/** A small probability. */
export function formatError(error: number | null): string {
  if (error === null) return NO_VALUE;
  return error < 0.001 ? '< 0.1 %' : formatPercent(error);
}

export const CANDIDATE_COLUMN: TableColumn = {
  key: 'candidate',
  label: 'cluster',
  align: 'left',
  definition: 'The kind of cluster and the servers of its pools: prefill + decode where there are two.',
};

export const GPUS_COLUMN: TableColumn = {
  key: 'gpus',
  label: 'GPUs',
  unit: 'GPUs',
  align: 'right',
  definition: 'GPUs of all pools.',
};

export const REASON_COLUMN: TableColumn = {
  key: 'reason',
  label: 'fails by',
  align: 'left',
  definition: 'Why it does not pass; empty where it passes.',
};

export const ERROR_COLUMN: TableColumn = {
  key: 'error',
  label: 'error',
  unit: 'share',
  align: 'right',
  definition:
    'Bound on the probability that the decision on this cluster is wrong, where its misses are no more skewed from run to run than exponential ones; none where all runs are alike, which show no spread to estimate it from.',
};

export const RUNS_COLUMN: TableColumn = {
  key: 'runs',
  label: 'runs',
  align: 'right',
  definition:
    'Simulations under different seeds until the decision was sure enough; what passes was decided twice.',
};

/** `open`: as likely as not it would pass; it was not shown to. */
export function reasonCell(reason: Reason | null, open: boolean): TableCell {
  if (reason === null) return { value: null, text: '' };
  const { label, definition } = reasons[reason];
  return { value: reason, text: open ? `${label}, unsure` : label, definition };
}
