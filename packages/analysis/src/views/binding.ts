/**
 * What binds: the SLO that most requests miss, and what to look at for it. Knows no layout.
 */
import type { SimulationReport, SloReport, TtftBreakdown } from '@llmsim/engine';
import { definitions } from './definitions.ts';
import { formatCount, formatPercent, formatSeconds } from './format.ts';
import type { TtftPartTerm } from './terms.ts';

/** The parts of TTFT, each with where in the flow it is spent: the first pool, the last, or between them. */
const PARTS: ReadonlyArray<readonly [part: TtftPartTerm, place: 'first' | 'between' | 'last']> = [
  ['prefill_queue_s', 'first'],
  ['prefill_s', 'first'],
  ['transfer_wait_s', 'between'],
  ['transfer_s', 'between'],
  ['decode_queue_s', 'last'],
  ['first_decode_step_s', 'last'],
];

/** One sentence on a run that misses an SLO; TTFT comes first among equals. */
export function bindingSentence(report: SimulationReport, slo: SloReport): string {
  const ttft = missed(slo.ttft_attainment);
  const tpot = missed(slo.tpot_attainment);
  const [name, share, other] =
    ttft >= tpot ? (['TTFT', ttft, 'TPOT'] as const) : (['TPOT', tpot, 'TTFT'] as const);
  const against =
    slo.ttft_s === null || slo.tpot_s === null
      ? ''
      : ` and ${formatPercent(Math.min(ttft, tpot))} miss ${other}`;
  const reason = name === 'TTFT' ? ttftReason(report) : tpotReason(report, slo);
  return `${name} binds: ${formatPercent(share)} miss it${against}; ${reason}.`;
}

function missed(attainment: SloReport['attainment']): number {
  return attainment === null ? 0 : 1 - attainment;
}

function ttftReason({ breakdown, pools }: SimulationReport): string {
  const late = breakdown?.missed ?? null;
  if (late === null) return 'they had no first token before the run ended or were turned away';
  const [part, place] = largest(late);
  const share = late[part] / PARTS.reduce((sum, [name]) => sum + late[name], 0);
  const pool = { first: pools[0], between: undefined, last: pools.at(-1) }[place];
  const where = pool === undefined ? '' : ` in the ${pool.name} pool`;
  return `${formatPercent(share)} of a late first token is ${definitions[part].label}${where}`;
}

function largest(late: NonNullable<TtftBreakdown['missed']>): (typeof PARTS)[number] {
  return PARTS.reduce((most, part) => (late[part[0]] > late[most[0]] ? part : most));
}

function tpotReason({ tpot_s, pools }: SimulationReport, slo: SloReport): string {
  if ((tpot_s.max ?? 0) <= (slo.tpot_s ?? 0))
    return 'they were not done before the run ended or were turned away';
  const batch = pools.at(-1)?.batching?.mean_batch_size ?? null;
  const size = batch === null ? '' : `, in batches of ${formatCount(batch)} requests`;
  return `a token takes ${formatSeconds(tpot_s.mean)} on average${size}`;
}
