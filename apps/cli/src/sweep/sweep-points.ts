/**
 * The scenario at every point of a grid: checked, with its trace read. A point that cannot run keeps its reason. Runs
 * nothing.
 */
import type { ScenarioConfig } from '@llmsim/config';
import type { SimulationPlan } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import { onItsMachines } from '../scenario/both-clusters.ts';
import type { Assignment } from '../scenario/load.ts';
import type { OpenedScenario } from '../scenario/open-scenario.ts';
import { prepare } from '../scenario/prepare.ts';
import type { SeededTrace } from '../scenario/trace-reader.ts';
import type { Axis } from '../vary/axes.ts';
import { type GridPoint, gridPoints } from '../vary/grid.ts';
import { refuseIdleClusters } from '../vary/idle-axes.ts';

/** A point that can run, or why it cannot. */
export type PreparedPoint =
  | {
      readonly config: ScenarioConfig;
      /** What was done to have its cluster, a sentence; null for nothing. */
      readonly note: string | null;
      /** Of the first seed. */
      readonly plan: SimulationPlan;
      readonly traceOf: SeededTrace;
    }
  | { readonly error: UserError };

/**
 * Prepares every point, by positions in the axes with commas between.
 *
 * @throws UserError when a value of an axis can run nowhere: a key that is not there, a value that is not allowed.
 */
export async function preparePoints(
  opened: OpenedScenario,
  axes: readonly Axis[],
): Promise<ReadonlyMap<string, PreparedPoint>> {
  const points = gridPoints(axes);
  const prepared = new Map<string, PreparedPoint>();
  for (const point of points) {
    prepared.set(point.at.join(), await preparedPoint(opened, point.assignments));
  }
  for (const [axis, { length }] of axes.entries()) {
    for (let step = 0; step < length; step++) refuseHopeless(points, prepared, axis, step);
  }
  // A point that cannot run may have been the one that uses it.
  const running = [...prepared.values()].filter((point) => 'config' in point);
  if (running.length === prepared.size) refuseIdleClusters(axes, running);
  return prepared;
}

async function preparedPoint(
  opened: OpenedScenario,
  assignments: readonly Assignment[],
): Promise<PreparedPoint> {
  try {
    const { scenario, note } = onItsMachines(opened.load(assignments));
    const { readTrace } = opened;
    const changes = [...opened.changes, ...assignments];
    const { plan, traceOf } = await prepare(scenario, { readTrace, changes, keep_requests: false });
    return { config: scenario.config, note, plan, traceOf };
  } catch (error) {
    if (error instanceof UserError) return { error };
    throw error;
  }
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
