/**
 * The scenario at every point of a grid: checked, with its trace read. A point that cannot run keeps its reason. Runs
 * nothing.
 */
import { checkSize, compile, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import { onItsMachines } from '../scenario/both-clusters.ts';
import { type Assignment, load, problemsIn } from '../scenario/load.ts';
import { memoryLimit } from '../scenario/memory.ts';
import type { ScenarioSource } from '../scenario/source.ts';
import { readScenarioTrace } from '../scenario/trace-file.ts';
import type { Axis } from '../vary/axes.ts';
import { type GridPoint, gridPoints } from '../vary/grid.ts';

/** A point that can run, or why it cannot. */
export type PreparedPoint =
  | {
      readonly config: ScenarioConfig;
      /** What was done to have its cluster, a sentence; null for nothing. */
      readonly note: string | null;
      /** Of the first seed. */
      readonly plan: SimulationPlan;
      /** The requests of its trace, by seed; null without a trace. */
      readonly traces: ReadonlyMap<number, ReplayWorkload | null>;
    }
  | { readonly error: UserError };

/**
 * Prepares every point, by positions in the axes with commas between.
 *
 * @throws UserError when a value of an axis can run nowhere: a key that is not there, a value that is not allowed.
 */
export async function preparePoints(
  source: ScenarioSource,
  changes: readonly Assignment[],
  axes: readonly Axis[],
  seeds: readonly number[],
): Promise<ReadonlyMap<string, PreparedPoint>> {
  const read = traceReader(source);
  const points = gridPoints(axes);
  const prepared = new Map<string, PreparedPoint>();
  for (const point of points) {
    prepared.set(
      point.at.join(),
      await preparedPoint(source, [...changes, ...point.assignments], seeds, read),
    );
  }
  for (const [axis, { length }] of axes.entries()) {
    for (let step = 0; step < length; step++) refuseHopeless(points, prepared, axis, step);
  }
  return prepared;
}

type ReadTrace = (scenario: ReturnType<typeof load>, seed: number) => Promise<ReplayWorkload | null>;

async function preparedPoint(
  source: ScenarioSource,
  changes: readonly Assignment[],
  seeds: readonly number[],
  read: ReadTrace,
): Promise<PreparedPoint> {
  try {
    const { scenario, note } = onItsMachines(load(source, changes));
    const { config } = scenario;
    const traces = new Map<number, ReplayWorkload | null>();
    for (const seed of seeds) traces.set(seed, await read(scenario, seed));
    const trace = traces.get(seeds[0] ?? 0) ?? null;
    const options = trace === null ? {} : { trace };
    const compiled = compile(config, options);
    if (!compiled.ok) throw problemsIn(scenario, compiled.problems, changes);
    const tooLarge = checkSize(config, memoryLimit(), options);
    if (tooLarge !== null) throw problemsIn(scenario, [tooLarge], changes);
    return { config, note, plan: compiled.plan, traces };
  } catch (error) {
    if (error instanceof UserError) return { error };
    throw error;
  }
}

/** The same requests are the same object for all points and seeds that have them. */
function traceReader({ folder }: ScenarioSource): ReadTrace {
  const known = new Map<string, Promise<ReplayWorkload | null>>();
  return (scenario, seed) => {
    const { trace } = scenario.config;
    if (trace === undefined) return Promise.resolve(null);
    // Only jitter is drawn.
    const key = JSON.stringify([trace, trace.jitter ? seed : null]);
    const config = { ...scenario.config, random_seed: seed };
    const reading = known.get(key) ?? readScenarioTrace({ ...scenario, config }, folder);
    known.set(key, reading);
    return reading;
  };
}

function refuseHopeless(
  points: readonly GridPoint[],
  prepared: ReadonlyMap<string, PreparedPoint>,
  axis: number,
  step: number,
): void {
  const along = points.filter(({ at }) => at[axis] === step).map(({ at }) => prepared.get(at.join()));
  const [first] = along;
  if (first !== undefined && 'error' in first && along.every((each) => each && 'error' in each)) {
    throw first.error;
  }
}
