/**
 * All combinations of the values of axes, as assignments to keys. Knows no schema.
 */
import type { Assignment } from '../scenario/load.ts';
import type { Axis, Variation } from './axes.ts';
import type { VaryValue } from './values.ts';

/** One combination of values. */
export interface GridPoint {
  /** Position from 0 in each axis, in the order of the axes. */
  readonly at: readonly number[];
  /** What to change in the scenario, under the name of the option that said so. */
  readonly assignments: readonly Assignment[];
}

/** Number of combinations; 1 without axes. */
export function gridSize(axes: readonly Axis[]): number {
  return axes.reduce((size, axis) => size * axis.length, 1);
}

/**
 * Every combination, the last axis moving fastest.
 *
 * @example
 * gridPoints(parseAxes(['mode=mono,disagg', 'arrival.rate_per_s=1,2'])).length; // 4
 */
export function gridPoints(axes: readonly Axis[]): GridPoint[] {
  return axes.reduce<GridPoint[]>(
    (points, axis) =>
      points.flatMap(({ at, assignments }) =>
        Array.from({ length: axis.length }, (_, index) => ({
          at: [...at, index],
          assignments: [...assignments, ...assignmentsAt(axis, index)],
        })),
      ),
    [{ at: [], assignments: [] }],
  );
}

/** What a step of an axis is called: the value, or all values of linked keys: `2 / 4`. */
export function stepLabel(axis: Axis, index: number): string {
  return axis.variations.map((variation) => String(valueAt(variation, index))).join(' / ');
}

function assignmentsAt(axis: Axis, index: number): Assignment[] {
  return axis.variations.map((variation) => assignment(variation, valueAt(variation, index)));
}

/** JSON is YAML: a word may hold anything. */
function assignment({ path, flag }: Variation, value: VaryValue): Assignment {
  return { set: `${path}=${JSON.stringify(value)}`, flag };
}

/** The value at a position. @throws RangeError when there is none. */
function valueAt({ path, values }: Variation, index: number): VaryValue {
  const value = values[index];
  if (value === undefined) throw new RangeError(`${path} has no value at ${index}`);
  return value;
}
