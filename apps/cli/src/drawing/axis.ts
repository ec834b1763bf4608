/** An axis of a terminal chart: from values to cells, and which ticks it shows. Knows no series. */
import { type ChartAxis, formatTick } from '@llmsim/analysis';
import { hasPlace } from '@llmsim/charts';
import { scaleLinear, scaleLog } from 'd3-scale';

export interface Axis {
  /** The cell of a value, counted from the low end; outside the axis too. Null for what has no place. */
  readonly cellOf: (value: number) => number | null;
  readonly ticks: ReadonlyArray<{ readonly cell: number; readonly text: string }>;
}

/** How many cells an axis has and about how many ticks; only whole numbers where it `counts`. */
export interface AxisRoom {
  readonly cells: number;
  readonly ticks: number;
  readonly counts?: boolean;
}

/** An axis over all of `values`. */
export function axisOver(axis: ChartAxis, values: readonly number[], room: AxisRoom): Axis {
  const { cells, ticks: count, counts = false } = room;
  const { unit, scale: kind } = axis;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of values) {
    if (hasPlace(value, axis)) [low, high] = [Math.min(low, value), Math.max(high, value)];
  }
  if (low > high) [low, high] = kind === 'log' ? [0.1, 1] : [0, 1];
  if (unit === 'share' && kind === 'linear') [low, high] = [Math.min(0, low), Math.max(1, high)];
  // What no cell could tell from zero.
  if (kind === 'log') low = Math.max(low, high / 1e15);
  // One value alone, or what is the same but for rounding, stands in the middle.
  if (high - low <= 1e-9 * Math.max(Math.abs(low), Math.abs(high), 1e-9)) {
    [low, high] = kind === 'log' ? [low / 2, high * 2] : [low - 0.5, high + 0.5];
  }
  const scale = (kind === 'log' ? scaleLog() : scaleLinear()).domain([low, high]).range([0, cells - 1]);
  const cellOf = (value: number): number | null => {
    if (!hasPlace(value, axis)) return null;
    const cell = Math.round(scale(value));
    return Number.isFinite(cell) ? cell : null;
  };
  const ticks = scale.ticks(count).filter((value) => !counts || Number.isInteger(value));
  return {
    cellOf,
    ticks: tickValues(kind, ticks, count).map((value) => ({
      cell: cellOf(value) ?? 0,
      text: formatTick(value, unit),
    })),
  };
}

/** Of a long log axis the powers of ten, of a shorter one 1, 2 and 5 of each. */
function tickValues(kind: ChartAxis['scale'], ticks: readonly number[], count: number): readonly number[] {
  if (kind === 'linear') return ticks;
  const digit = (value: number): number => Number(value.toExponential(6).split('e')[0]);
  for (const digits of [[1, 2, 5], [1, 3], [1]]) {
    const some = ticks.filter((value) => digits.includes(digit(value)));
    if (some.length >= 2 && some.length <= count + 1) return some;
  }
  return ticks.length <= count
    ? ticks
    : ticks.filter((_, index) => index % Math.ceil(ticks.length / count) === 0);
}
