/**
 * A scenario's text, read, checked and compiled, or what stands in the way of its run, each with its place. Knows no
 * worker and no page.
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
import type { SimulationPlan } from '@llmsim/engine';
import type { Cell } from './protocol.ts';
import { traceFor } from './trace.ts';

export type Prepared =
  | { readonly ok: true; readonly config: ScenarioConfig; readonly plan: SimulationPlan }
  | { readonly ok: false; readonly problems: readonly Problem[]; readonly wanted: string | null };

/** What one tab may take without the browser closing it. */
const MEMORY_LIMIT_BYTES = 2e9;

/** More requests than anybody looks at one by one. */
const MOST_REQUESTS = 200_000;

/** Loads and checks a scenario; `keep_requests` also refuses more requests than can be looked at. */
export async function prepareText(
  { file, text, set, trace: traceFile }: Cell,
  keep_requests: boolean,
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
