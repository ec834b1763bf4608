/**
 * A scenario's text → what the page shows of its run. Knows no worker and no page: it runs the same in Node.
 */
import {
  type Checked,
  checkSize,
  compile,
  loadScenario,
  locate,
  type Problem,
  type Scenario,
} from '@llmsim/config';
import { type CancelSignal, Simulation, type SimulationPlan } from '@llmsim/engine';
import { edited } from './edited.ts';
import type { Cell, CellOutcome, OnProgress, RunOutcome, ScenarioSource } from './protocol.ts';
import { viewOf } from './view.ts';

/** What one tab may take without the browser closing it. */
const MEMORY_LIMIT_BYTES = 2e9;

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
  const { file } = source;
  const { text, set } = edited(source);
  const prepared = prepare({ file, text, set });
  if (!prepared.ok) return { kind: 'invalid', text, problems: prepared.problems };
  const run = new Simulation(prepared.plan);
  const report = atMostEvery(PROGRESS_EVERY_MS, onProgress);
  // The last slice calls a cancelled run done, too.
  run.progress.subscribe(({ fraction, done }) => {
    if (!done) report(fraction);
  });
  const result = await run.runInSlices({ signal });
  if (!result.report.finished) return { kind: 'cancelled' };
  return { kind: 'done', view: viewOf({ file, text, config: prepared.scenario.config }, result) };
}

/** Runs one cell of an analysis. */
export async function reportOf(cell: Cell, signal: CancelSignal): Promise<CellOutcome> {
  const prepared = prepare(cell);
  if (!prepared.ok) return { kind: 'invalid', problems: prepared.problems };
  const { report } = await new Simulation(prepared.plan).runInSlices({ signal });
  return report.finished ? { kind: 'done', report } : { kind: 'cancelled' };
}

function prepare({ file, text, set }: Cell): Checked<{ scenario: Scenario; plan: SimulationPlan }> {
  const loaded = loadScenario(text, { file, set });
  if (!loaded.ok) return loaded;
  const { scenario } = loaded;
  const tooLarge = checkSize(scenario.config, MEMORY_LIMIT_BYTES);
  if (tooLarge !== null) return invalid(scenario, [tooLarge]);
  const compiled = compile(scenario.config);
  return compiled.ok ? { ok: true, scenario, plan: compiled.plan } : invalid(scenario, compiled.problems);
}

function invalid(scenario: Scenario, problems: readonly Problem[]): Checked<never> {
  return { ok: false, problems: problems.map((problem) => locate(problem, scenario)) };
}

/** Passes on the first call, then drops those that come too soon after one it passed on. */
function atMostEvery(wait_ms: number, pass: OnProgress): OnProgress {
  let next = 0;
  return (fraction) => {
    const now = performance.now();
    if (now < next) return;
    next = now + wait_ms;
    pass(fraction);
  };
}
