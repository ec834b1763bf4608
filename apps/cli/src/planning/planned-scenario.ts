/**
 * From the command line to a scenario that can be planned: loaded, with SLOs, a rate and its trace. Knows no search.
 */

import { compile, type MeanLengths, type Scenario, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import type { PlanningOptions } from '../commands/shared-options.ts';
import { UserError } from '../exit-codes.ts';
import { assignments } from '../run/assignments.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { bothClusters } from '../scenario/both-clusters.ts';
import { type Assignment, load, problemsIn, toAssignment, warn } from '../scenario/load.ts';
import { offeredLoad } from '../scenario/offered-load.ts';
import { readSource } from '../scenario/source.ts';
import { readScenarioTrace } from '../scenario/trace-file.ts';
import { scaledTrace } from './scaled-trace.ts';
import { fasterBy } from './sized-config.ts';

export interface PlannedScenario {
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

/** A scenario that has been read, to be loaded with changes on top. */
export interface OpenedScenario {
  /** @throws UserError with every problem of the scenario, or for one that has no rate. */
  load(more?: readonly Assignment[]): Promise<PlannedScenario>;
}

/** Reads a scenario once. @throws UserError when it cannot be read. */
export async function openScenario(
  given: string | undefined,
  options: PlanningOptions,
): Promise<OpenedScenario> {
  const source = await readSource(given);
  const changes = changesOf(options, source.folder, (set) => load(source, set).config.trace !== undefined);
  let warned = false;
  return {
    async load(more = []) {
      const all = [...changes, ...more];
      const scenario = load(source, all);
      if (!warned) warn(scenario, all);
      if (given === '-' && scenario.config.trace?.path === '-') {
        throw new UserError('Standard input cannot be both the configuration and the trace');
      }
      const trace = await readScenarioTrace(scenario, source.folder);
      const compiled = compile(scenario.config, trace === null ? {} : { trace });
      if (!compiled.ok) throw problemsIn(scenario, compiled.problems, all);
      const { config, note } = bothClusters(scenario);
      if (note !== null && !warned) process.stderr.write(`note: ${note}\n`);
      warned = true;
      return atRate(source.file, scenario.config, { config, trace }, options.requestRate);
    },
  };
}

/** @throws UserError for a scenario that has no rate. */
function atRate(
  name: string,
  written: ScenarioConfig,
  { config, trace }: ScenarioCell,
  wanted: number | undefined,
): PlannedScenario {
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
    cellOf: cellsOf(written, trace),
  };
}

function changesOf(
  { requestRate: _, ...options }: PlanningOptions,
  folder: string,
  replays: (set: readonly Assignment[]) => boolean,
): Assignment[] {
  const traced = options.numPrompts !== undefined && replays((options.set ?? []).map(toAssignment));
  return assignments(options, { folder, replays: traced });
}

/** The requests at the time scale of a cell are the same object for all cells of that scale. */
function cellsOf(base: ScenarioConfig, trace: ReplayWorkload | null): PlannedScenario['cellOf'] {
  const scaled = new Map<number, ReplayWorkload>();
  return (config) => {
    if (trace === null) return { config, trace };
    const factor = (config.trace?.time_scale ?? 1) / (base.trace?.time_scale ?? 1);
    const requests = scaled.get(factor) ?? scaledTrace(trace, factor);
    scaled.set(factor, requests);
    return { config, trace: requests };
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
