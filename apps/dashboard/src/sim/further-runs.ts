/**
 * Runs besides the one on show, each for what it is wanted for. Loaded with the first of them: the page opens without.
 * Knows no worker and no page.
 */
import { ttftCdf } from '@llmsim/analysis';
import { type CancelSignal, Simulation } from '@llmsim/engine';
import { measuredPlan } from './measured-plan.ts';
import { prepare } from './prepare.ts';
import type { Cell, CellOutcome, RequestsOutcome, TtftOutcome } from './protocol.ts';
import { runInFull } from './run-in-full.ts';

/** Runs one cell of an analysis. */
export async function reportOf(cell: Cell, signal: CancelSignal): Promise<CellOutcome> {
  const prepared = await prepare(cell);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const run = new Simulation(await measuredPlan(prepared, signal, cell.pilot_seed));
  const result = await runInFull(run, signal);
  return result === null ? { kind: 'cancelled' } : { kind: 'done', report: result.report };
}

/** Runs a scenario for its TTFT distribution. */
export async function ttftOf(cell: Cell, signal: CancelSignal): Promise<TtftOutcome> {
  const prepared = await prepare(cell);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const run = new Simulation(await measuredPlan(prepared, signal, cell.pilot_seed));
  const result = await runInFull(run, signal);
  if (result === null) return { kind: 'cancelled' };
  return { kind: 'done', chart: ttftCdf([{ name: result.report.mode, result }]) };
}

/** Runs a scenario and keeps its requests. */
export async function requestsOf(cell: Cell, signal: CancelSignal): Promise<RequestsOutcome> {
  const prepared = await prepare(cell, true);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const run = new Simulation(await measuredPlan(prepared, signal, cell.pilot_seed));
  const result = await runInFull(run, signal);
  if (result === null || result.requests === null) return { kind: 'cancelled' };
  const { report, requests } = result;
  const pools = report.pools.map(({ name, gpus }) => ({ name, gpus }));
  const { end_s, slo } = report;
  return { kind: 'done', requests: { log: requests, pools, end_s, slo_ttft_s: slo?.ttft_s ?? null } };
}
