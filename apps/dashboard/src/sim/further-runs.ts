/**
 * Runs besides the one on show, each for what it is wanted for. Loaded with the first of them: the page opens without.
 * Knows no worker and no page.
 */
import { ttftCdf } from '@llmsim/analysis';
import { type CancelSignal, Simulation } from '@llmsim/engine';
import { measuredPlan } from './measured-plan.ts';
import { prepare } from './prepare.ts';
import type { Cell, CellOutcome, RequestsOutcome, TtftOutcome } from './protocol.ts';

/** Runs one cell of an analysis. */
export async function reportOf(cell: Cell, signal: CancelSignal): Promise<CellOutcome> {
  const prepared = await prepare(cell);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const { report } = await new Simulation(await measuredPlan(prepared, signal, cell.pilot_seed)).runInSlices({
    signal,
  });
  return report.finished ? { kind: 'done', report } : { kind: 'cancelled' };
}

/** Runs a scenario for its TTFT distribution. */
export async function ttftOf(cell: Cell, signal: CancelSignal): Promise<TtftOutcome> {
  const prepared = await prepare(cell);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const result = await new Simulation(await measuredPlan(prepared, signal, cell.pilot_seed)).runInSlices({
    signal,
  });
  if (!result.report.finished) return { kind: 'cancelled' };
  return { kind: 'done', chart: ttftCdf([{ name: result.report.mode, result }]) };
}

/** Runs a scenario and keeps its requests. */
export async function requestsOf(cell: Cell, signal: CancelSignal): Promise<RequestsOutcome> {
  const prepared = await prepare(cell, true);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const { report, requests } = await new Simulation(
    await measuredPlan(prepared, signal, cell.pilot_seed),
  ).runInSlices({ signal });
  if (!report.finished || requests === null) return { kind: 'cancelled' };
  const pools = report.pools.map(({ name, gpus }) => ({ name, gpus }));
  const { end_s, slo } = report;
  return { kind: 'done', requests: { log: requests, pools, end_s, slo_ttft_s: slo?.ttft_s ?? null } };
}
