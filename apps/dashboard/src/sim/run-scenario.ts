/**
 * A scenario's text → what the page shows of its run. Knows no worker and no page: it runs the same in Node.
 */
import { checkSize, compile, loadScenario, locate, type Problem, type ScenarioConfig } from '@llmsim/config';
import { type CancelSignal, Simulation } from '@llmsim/engine';
import type { Inputs, OnProgress, RunOutcome, ScenarioSource } from './protocol.ts';
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
  { file, text, set }: ScenarioSource,
  { signal, onProgress }: Watching,
): Promise<RunOutcome> {
  const loaded = loadScenario(text, { file, set });
  if (!loaded.ok) return invalid(loaded.problems);
  const { scenario } = loaded;
  const tooLarge = checkSize(scenario.config, MEMORY_LIMIT_BYTES);
  if (tooLarge !== null) return invalid([locate(tooLarge, scenario)]);
  const compiled = compile(scenario.config);
  if (!compiled.ok) return invalid(compiled.problems.map((problem) => locate(problem, scenario)));

  const run = new Simulation(compiled.plan);
  const report = atMostEvery(PROGRESS_EVERY_MS, onProgress);
  // The last slice calls a cancelled run done, too.
  run.progress.subscribe(({ fraction, done }) => {
    if (!done) report(fraction);
  });
  const result = await run.runInSlices({ signal });
  if (!result.report.finished) return { kind: 'cancelled' };
  return { kind: 'done', view: viewOf(file, inputsOf(scenario.config), result) };
}

/** What a scenario says about the quantities that the page has fields for, null when it is not valid. */
export function inspectScenario({ file, text, set }: ScenarioSource): Inputs | null {
  const loaded = loadScenario(text, { file, set });
  return loaded.ok ? inputsOf(loaded.scenario.config) : null;
}

function inputsOf({ mode, random_seed, arrival }: ScenarioConfig): Inputs {
  return {
    mode,
    random_seed,
    rate_per_s: arrival !== undefined && 'rate_per_s' in arrival ? arrival.rate_per_s : null,
  };
}

function invalid(problems: readonly Problem[]): RunOutcome {
  return { kind: 'invalid', problems };
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
