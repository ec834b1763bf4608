/**
 * A run written down for Perfetto, as `llmsim run -o FILE.trace.json` writes it. Knows no worker and no page.
 */
import { ChromeTrace } from '@llmsim/analysis';
import { type CancelSignal, Simulation } from '@llmsim/engine';
import { measuredPlan } from './measured-plan.ts';
import { prepare } from './prepare.ts';
import type { Cell, TraceEventsOutcome } from './protocol.ts';
import { runInFull } from './run-in-full.ts';

/** Text is handed to the browser in parts of about this many characters, which it may keep on disk. */
const PART = 1 << 20;

export async function traceEventsOf(cell: Cell, signal: CancelSignal): Promise<TraceEventsOutcome> {
  const prepared = await prepare(cell, true);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const parts: Blob[] = [];
  let pending: string[] = [];
  let length = 0;
  const flush = (): void => {
    parts.push(new Blob(pending));
    pending = [];
    length = 0;
  };
  const trace = new ChromeTrace((text) => {
    pending.push(text);
    length += text.length;
    if (length >= PART) flush();
  });
  const run = new Simulation(await measuredPlan(prepared, signal));
  trace.watch(run);
  const result = await runInFull(run, signal);
  if (result === null) return { kind: 'cancelled' };
  const { report } = result;
  trace.finish(report, { scenario: cell.file, seed: report.seed });
  flush();
  return { kind: 'done', file: new Blob(parts, { type: 'application/json' }) };
}
