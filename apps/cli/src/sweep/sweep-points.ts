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
import type { Axis, Variation } from '../vary/axes.ts';
import { type GridPoint, gridPoints } from '../vary/grid.ts';

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
  for (const { variations } of axes) for (const variation of variations) refuseIdle(variation, prepared);
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

/** A key of a cluster that runs nowhere in the grid, nor gives its machines to the one that does, would move nothing. */
function refuseIdle({ flag, path }: Variation, prepared: ReadonlyMap<string, PreparedPoint>): void {
  const [cluster, mode] = /^cluster_(mono|disagg)\b/.exec(path) ?? [];
  const points = [...prepared.values()];
  const idle = points.every(
    (point) => 'config' in point && point.config.mode !== mode && point.note === null,
  );
  if (mode === undefined || !idle) return;
  const other = mode === 'mono' ? 'disagg' : 'mono';
  throw new UserError(
    `${flag}: every point runs ${other}, which does not use ${cluster}. Vary cluster_${other}, or add --vary mode=mono,disagg.`,
  );
}
