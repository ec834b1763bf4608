/**
 * A scenario's text → what the page shows of its run. Knows no worker and no page: it runs the same in Node.
 */
import { type CancelSignal, Simulation } from '@llmsim/engine';
import { atMostEvery } from './at-most-every.ts';
import { commandOf } from './command.ts';
import { measuredPlan } from './measured-plan.ts';
import { prepare, textReader } from './prepare.ts';
import type { OnProgress, RunOutcome, ScenarioSource } from './protocol.ts';
import { runInFull } from './run-in-full.ts';
import { viewOf } from './view.ts';

/** Shortest time between two reports of progress, milliseconds. */
const PROGRESS_EVERY_MS = 100;

export interface Watching {
  readonly signal: CancelSignal;
  readonly onProgress: OnProgress;
}

/** Loads, checks and runs a scenario in slices, so that a cancel gets through between two of them. */
export async function runScenario(
  source: ScenarioSource,
  { signal, onProgress }: Watching,
): Promise<RunOutcome> {
  const { file, trace, base, edits } = source;
  const { text, set } =
    edits.length === 0 ? { text: source.text, set: [] } : (await textReader()).edited(source);
  const prepared = await prepare({ file, text, set, trace });
  if (!prepared.ok) return { kind: 'invalid', text, problems: prepared.problems, wanted: prepared.wanted };
  const { config } = prepared;
  const run = new Simulation(await measuredPlan(prepared, signal));
  const report = atMostEvery(PROGRESS_EVERY_MS, onProgress);
  run.progress.subscribe(({ fraction, done }) => {
    if (!done) report(fraction);
  });
  const result = await runInFull(run, signal);
  if (result === null) return { kind: 'cancelled' };
  const command = await commandOf(base, text, config);
  return { kind: 'done', view: viewOf({ file, text, config, command }, result) };
}
