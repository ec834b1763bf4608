/**
 * A scenario's text → what the page shows of its run. Knows no worker and no page: it runs the same in Node.
 */
import { formatCount } from '@llmsim/analysis';
import {
  checkSize,
  compile,
  estimate,
  loadScenario,
  locate,
  type Problem,
  type Scenario,
  type ScenarioConfig,
} from '@llmsim/config';
import { type CancelSignal, Simulation, type SimulationPlan } from '@llmsim/engine';
import { atMostEvery } from './at-most-every.ts';
import { edited } from './edited.ts';
import type { Cell, OnProgress, RunOutcome, ScenarioSource } from './protocol.ts';
import { traceFor } from './trace.ts';
import { viewOf } from './view.ts';

/** What one tab may take without the browser closing it. */
const MEMORY_LIMIT_BYTES = 2e9;

/** More requests than anybody looks at one by one. */
const MOST_REQUESTS = 200_000;

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
  const { file, trace, base } = source;
  const { text, set } = edited(source);
  const prepared = await prepare({ file, text, set, trace });
  if (!prepared.ok) return { kind: 'invalid', text, problems: prepared.problems, wanted: prepared.wanted };
  const run = new Simulation(prepared.plan);
  const report = atMostEvery(PROGRESS_EVERY_MS, onProgress);
  // The last slice calls a cancelled run done, too.
  run.progress.subscribe(({ fraction, done }) => {
    if (!done) report(fraction);
  });
  const result = await run.runInSlices({ signal });
  if (!result.report.finished) return { kind: 'cancelled' };
  return { kind: 'done', view: viewOf({ file, text, config: prepared.config, base }, result) };
}

type Prepared =
  | { readonly ok: true; readonly config: ScenarioConfig; readonly plan: SimulationPlan }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly wanted: string | null };

/** Loads and checks a scenario; `keep_requests` also refuses more requests than can be looked at. */
export async function prepare(
  { file, text, set, trace: traceFile }: Cell,
  keep_requests = false,
): Promise<Prepared> {
  const loaded = loadScenario(text, { file, set });
  if (!loaded.ok) return { ...loaded, wanted: null };
  const { scenario } = loaded;
  const { config } = scenario;
  const read = await traceFor(scenario, traceFile);
  if (!read.ok) return read;
  const options = { keep_requests, ...(read.trace === null ? {} : { trace: read.trace }) };
  const { requests } = estimate(config, options);
  if (keep_requests && requests > MOST_REQUESTS) return tooMany(scenario, requests);
  const tooLarge = checkSize(config, MEMORY_LIMIT_BYTES, options);
  if (tooLarge !== null) return invalid(scenario, [tooLarge]);
  const compiled = compile(config, options);
  return compiled.ok ? { ok: true, config, plan: compiled.plan } : invalid(scenario, compiled.problems);
}

function tooMany(scenario: Scenario, requests: number): Prepared {
  const message = `about ${formatCount(Math.round(requests))} requests are more than the page shows one by one`;
  const fix = 'Lower sim_seconds or the rate, or write them to a file with llmsim run --requests.';
  const unplaced = { file: '', line: null, column: null, flag: null, path: 'sim_seconds' };
  return invalid(scenario, [{ ...unplaced, message, fix }]);
}

function invalid(scenario: Scenario, problems: readonly Problem[]): Prepared {
  return { ok: false, problems: problems.map((problem) => locate(problem, scenario)), wanted: null };
}
