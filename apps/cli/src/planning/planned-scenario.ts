/**
 * From the command line to a scenario that can be planned: loaded, with SLOs, a rate and its trace. Knows no search.
 */
import { compile, type MeanLengths, type Scenario, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { bothClusters } from '../scenario/both-clusters.ts';
import type { ConfigSource } from '../scenario/config-for-file.ts';
import { type Assignment, problemsIn } from '../scenario/load.ts';
import { offeredLoad } from '../scenario/offered-load.ts';
import type { OpenedScenario } from '../scenario/open-scenario.ts';
import type { SeededTrace } from '../scenario/trace-reader.ts';
import { scaledTrace } from './scaled-trace.ts';
import { fasterBy } from './sized-config.ts';

export interface PlannedScenario extends ConfigSource {
  /** The scenario as messages call it. */
  readonly name: string;
  /** Offers `rate_per_s`, with both clusters in it. */
  readonly config: ScenarioConfig;
  readonly rate_per_s: number;
  /** Mean lengths that requests do not fall below, tokens. */
  readonly least_lengths: MeanLengths;
  readonly trace: ReplayWorkload | null;
  /** A run of a configuration; its time scale may differ from that of the scenario. */
  readonly cellOf: (config: ScenarioConfig) => ScenarioCell;
}

export interface Planning {
  /** The architectures that will run. */
  readonly modes: ReadonlyArray<ScenarioConfig['mode']>;
  /** Changes on top of those of the options. */
  readonly more?: readonly Assignment[];
  /** Absent: that of the scenario. */
  readonly rate_per_s?: number | undefined;
}

/**
 * A scenario with changes on top, at the rate that was asked for.
 *
 * @throws UserError with every problem of the scenario, or for one that has no rate.
 */
export async function plannedScenario(
  opened: OpenedScenario,
  { modes, more = [], rate_per_s }: Planning,
): Promise<PlannedScenario> {
  const scenario = opened.loadToRun(more);
  const traceOf = await opened.readTrace(scenario);
  const trace = traceOf(scenario.config.random_seed);
  const { config, note, from } = bothClusters(scenario);
  const problems = modes.flatMap((mode) => {
    const compiled = compile({ ...config, mode }, trace === null ? {} : { trace });
    return compiled.ok ? [] : compiled.problems;
  });
  if (problems.length > 0) throw problemsIn(scenario, problems, [...opened.changes, ...more]);
  // What was made of the other one's machines and does not run is nobody's concern.
  if (from !== null && modes.some((mode) => `cluster_${mode}` !== from)) opened.note(note);
  return {
    ...atRate(opened.name, scenario.config, { config, trace, traceOf }, rate_per_s),
    fields: scenario.fields,
    folder: opened.folder,
  };
}

/** @throws UserError for a scenario that has no rate. */
function atRate(
  name: string,
  written: ScenarioConfig,
  { config, trace, traceOf }: Omit<ScenarioCell, 'pilot_seed'> & { readonly traceOf: SeededTrace },
  wanted: number | undefined,
): Omit<PlannedScenario, 'fields' | 'folder'> {
  const offered = offeredLoad(config, trace);
  if (offered.rate_per_s === null) {
    throw new UserError(
      'Clients that wait for their answers have no rate to plan for. Write arrival: {rate_per_s: 50}, or give --trace.',
    );
  }
  const rate_per_s = wanted ?? offered.rate_per_s;
  return {
    name,
    config: fasterBy(config, rate_per_s / offered.rate_per_s),
    rate_per_s,
    least_lengths: leastLengths(written, offered),
    trace,
    cellOf: cellsOf(written, traceOf),
  };
}

/** The same requests at the time scale of a cell are the same object for all cells of that scale. */
function cellsOf(base: ScenarioConfig, traceOf: SeededTrace): PlannedScenario['cellOf'] {
  const known = new Map<ReplayWorkload, Map<number, ReplayWorkload>>();
  const pilot_seed = base.random_seed;
  return (config) => {
    const trace = traceOf(config.random_seed);
    if (trace === null) return { config, trace, pilot_seed };
    const scaled = known.get(trace) ?? new Map<number, ReplayWorkload>();
    known.set(trace, scaled);
    const factor = (config.trace?.time_scale ?? 1) / (base.trace?.time_scale ?? 1);
    const requests = scaled.get(factor) ?? scaledTrace(trace, factor);
    scaled.set(factor, requests);
    return { config, trace: requests, pilot_seed };
  };
}

/** Drawn lengths are rounded down, so that their mean lies at most one token below that of the law. */
function leastLengths(
  { trace }: Scenario['config'],
  { prompt_tokens, output_tokens }: ReturnType<typeof offeredLoad>,
): MeanLengths {
  const rounding = trace === undefined ? 1 : 0;
  return {
    prompt_tokens: Math.max(1, prompt_tokens.real.mean - rounding),
    output_tokens: Math.max(1, output_tokens.real.mean - rounding),
  };
}
