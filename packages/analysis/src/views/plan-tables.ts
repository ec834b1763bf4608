/**
 * A plan as tables: what to take, what was simulated, why the rest was rejected. Knows no medium.
 */
import type { ExaminedCandidate } from '../planning/findings.ts';
import type { CandidateStanding, PlanOption, PlanReport } from '../planning/plan-report.ts';
import { candidateName, gpusOf } from '../planning/space.ts';
import { definitions } from './definitions.ts';
import { NO_VALUE } from './format.ts';
import {
  CANDIDATE_COLUMN,
  ERROR_COLUMN,
  formatError,
  GPUS_COLUMN,
  REASON_COLUMN,
  RUNS_COLUMN,
  reasonCell,
  reasons,
} from './plan-names.ts';
import {
  numberCell,
  numberColumn,
  type TableCell,
  type TableColumn,
  type TableSpec,
  wordCell,
} from './table-spec.ts';

/** The answers, one row each: the smallest, the runner-up, the best per GPU, the cheapest. */
export function planChoices(report: PlanReport): TableSpec {
  const priced = report.cheapest !== null;
  const choices: Array<readonly [name: string, definition: string, option: PlanOption | null]> = [
    ['smallest', 'The fewest GPUs that pass.', report.smallest],
    ['runner-up', 'The next that is not the smallest with servers added.', report.runner_up],
    [
      'best per GPU',
      'Serves most requests per second for each GPU, as long as it passes.',
      report.best_per_gpu,
    ],
    ['cheapest', 'The lowest price for an hour.', report.cheapest],
  ];
  return {
    id: 'plan_choices',
    title: 'Choices',
    columns: [
      { key: 'choice', label: 'choice', align: 'left', definition: 'What the cluster is best at.' },
      CANDIDATE_COLUMN,
      GPUS_COLUMN,
      ...(priced ? [PRICE_COLUMN] : []),
      numberColumn('attainment', 'attainment', 'share'),
      rateColumn('passes_at_per_s', 'up to', 'The largest rate at which it was seen to pass.'),
      rateColumn('rate_per_gpu', 'per GPU', 'That rate for each of its GPUs.'),
    ],
    rows: choices.flatMap(([name, definition, option]) =>
      option === null ? [] : [[{ value: name, text: name, definition }, ...optionCells(option, priced)]],
    ),
    notes: [],
  };
}

function optionCells(option: PlanOption, priced: boolean): TableCell[] {
  const { candidate, examined, gpus, headroom, price_per_hour, rate_per_gpu } = option;
  const price = { value: price_per_hour, text: price_per_hour?.toFixed(2) ?? NO_VALUE };
  return [
    wordCell(candidateName(candidate)),
    numberCell(gpus, 'GPUs'),
    ...(priced ? [price] : []),
    numberCell(examined.evidence.attainment, 'share'),
    numberCell(headroom?.passes_at_per_s ?? null, 'req/s'),
    numberCell(rate_per_gpu, 'req/s'),
  ];
}

const PRICE_COLUMN: TableColumn = {
  key: 'price_per_hour',
  label: 'per hour',
  align: 'right',
  definition: 'The price of all its GPUs for an hour, in the currency of the prices given.',
};

function rateColumn(key: string, label: string, definition: string): TableColumn {
  return { key, label, unit: 'req/s', align: 'right', definition };
}

/** Every candidate within the size that was simulated, the smallest first: what it does and why it fails. */
export function planCandidates({ examined, max_gpus }: PlanReport): TableSpec {
  const rows = examined
    .filter(({ candidate }) => gpusOf(candidate) <= max_gpus)
    .sort((a, b) => gpusOf(a.candidate) - gpusOf(b.candidate));
  return {
    id: 'plan_candidates',
    title: 'Simulated',
    columns: [
      CANDIDATE_COLUMN,
      GPUS_COLUMN,
      REASON_COLUMN,
      numberColumn('attainment', 'attainment', 'share'),
      p99Column('ttft_p99_s', 'ttft_s'),
      p99Column('tpot_p99_s', 'tpot_s'),
      { ...numberColumn('utilization', 'utilization', 'share'), label: 'busiest' },
      RUNS_COLUMN,
      ERROR_COLUMN,
    ],
    rows: rows.map(candidateCells),
    notes: rows.some(({ examined: { decision } }) => decision.state === 'open')
      ? ['Unsure: not shown to pass, so it does not count as passing.']
      : [],
  };
}

function candidateCells({ candidate, examined }: ExaminedCandidate): TableCell[] {
  const { decision, evidence, reason, runs } = examined;
  return [
    wordCell(candidateName(candidate)),
    numberCell(gpusOf(candidate), 'GPUs'),
    reasonCell(reason, decision.state === 'open'),
    numberCell(evidence.attainment, 'share'),
    numberCell(evidence.ttft_p99_s, 's'),
    numberCell(evidence.tpot_p99_s, 's'),
    numberCell(Math.max(0, ...evidence.pools.map(({ utilization }) => utilization)), 'share'),
    { value: runs, text: String(runs) },
    { value: decision.error, text: decision.state === 'open' ? NO_VALUE : formatError(decision.error) },
  ];
}

function p99Column(key: string, term: 'ttft_s' | 'tpot_s'): TableColumn {
  const { label, definition } = definitions[term];
  const mean = 'Of its 99th percentile the average over the runs.';
  return { key, label: `p99 ${label}`, unit: 's', align: 'right', definition: `${definition} ${mean}` };
}

type How = NonNullable<CandidateStanding['standing']>['how'];

const HOW: Readonly<Record<How, string>> = {
  runs: 'simulated',
  offered_load: 'from the offered load',
  implied: 'fewer servers than one that fails',
  unloaded: 'its kind fails at no load',
};

/** How many candidates fall to each reason, and how that is known. */
export function planRejections({ candidates }: PlanReport): TableSpec {
  const counts = new Map<string, { readonly cells: TableCell[]; count: number }>();
  for (const { standing } of candidates) {
    if (standing === null || standing.passes || standing.reason === null) continue;
    const key = `${standing.reason} ${standing.how}`;
    const { label, definition } = reasons[standing.reason];
    const entry = counts.get(key) ?? {
      cells: [{ value: standing.reason, text: label, definition }, wordCell(HOW[standing.how])],
      count: 0,
    };
    entry.count++;
    counts.set(key, entry);
  }
  const rows = [...counts.values()].sort((a, b) => b.count - a.count);
  return {
    id: 'plan_rejections',
    title: 'Rejected',
    columns: [
      REASON_COLUMN,
      { key: 'how', label: 'known', align: 'left', definition: 'How it is known.' },
      { key: 'candidates', label: 'clusters', align: 'right', definition: 'How many candidates.' },
    ],
    rows: rows.map(({ cells, count }) => [...cells, { value: count, text: String(count) }]),
    notes: [],
  };
}
