/** Positions in the axes of a sweep: the order of points, and the lines along its x. Knows no runs. */
import type { SweepAxis } from './question.ts';

type Shape = { readonly axes: readonly SweepAxis[]; readonly x: number | null };

/** Points that differ in x alone. */
export interface GridLine {
  /** What its points share, for people: `mono`, `disagg, prefill_tokens_per_s 8000`; empty when there is one line. */
  readonly name: string;
  /** Position in each axis but `x`, where it is 0. */
  readonly at: readonly number[];
  /** The points, x ascending; without an x the line has one point. */
  readonly points: readonly (readonly number[])[];
}

/** Every combination of positions, the last axis fastest. */
function allPositions(axes: readonly SweepAxis[]): number[][] {
  return axes.reduce<number[][]>(
    (positions, { values }) => positions.flatMap((at) => Array.from(values.keys(), (step) => [...at, step])),
    [[]],
  );
}

export function gridLines({ axes, x }: Shape): GridLine[] {
  const xAxis = x === null ? undefined : axes[x];
  const steps = Array.from(xAxis?.values.keys() ?? [0]);
  const ascending = steps.sort((a, b) => Number(xAxis?.values[a]) - Number(xAxis?.values[b]));
  return allPositions(axes)
    .filter((at) => x === null || at[x] === 0)
    .map((at) => ({
      name: lineName(axes, x, at),
      at,
      points: x === null ? [at] : ascending.map((step) => at.with(x, step)),
    }));
}

/** A word says what it is; a number needs the name of its key. */
function lineName(axes: readonly SweepAxis[], x: number | null, at: readonly number[]): string {
  const parts = axes.flatMap(({ label, values, texts }, axis) => {
    const step = at[axis] ?? 0;
    if (axis === x || values.length < 2) return [];
    const text = texts[step] ?? '';
    return [typeof values[step] === 'string' ? text : `${label} ${text}`];
  });
  return parts.join(', ');
}
