/** Axes of the command line as axes of a sweep: units, and the one that results are drawn along. Runs nothing. */
import type { SweepAxis, Unit } from '@llmsim/analysis';
import type { Axis } from '../vary/axes.ts';
import { stepLabel } from '../vary/grid.ts';

const RATE = 'arrival.rate_per_s';

/** @param rates - requests per second at each step, where the axis sets those of a trace */
export function sweepAxisOf(axis: Axis, rates: readonly number[] | null = null): SweepAxis {
  const [first] = axis.variations;
  if (rates !== null) {
    return {
      key: 'rate_per_s',
      label: 'rate_per_s',
      unit: 'req/s',
      values: rates,
      texts: rates.map((rate) => String(Number(rate.toPrecision(3)))),
      set_by: { key: first.path, values: first.values },
    };
  }
  const paths = axis.variations.map(({ path }) => path);
  return {
    key: paths.join(','),
    label: paths.map((path) => path.slice(path.lastIndexOf('.') + 1)).join(' / '),
    unit: unitOf(first.path),
    values: first.values,
    texts: Array.from({ length: axis.length }, (_, step) => stepLabel(axis, step)),
  };
}

/** The load where it is varied, else the rate that moves with other keys, else the first axis of numbers. */
export function xOf(
  axes: readonly Axis[],
  load: number,
): { readonly x: number | null; readonly x_is_load: boolean } {
  if (load !== -1) return { x: load, x_is_load: true };
  const rate = axes.findIndex(({ variations }) => variations.some(({ path }) => path === RATE));
  const numbers = axes.findIndex(({ variations: [first] }) =>
    first.values.every((value) => typeof value === 'number'),
  );
  const x = rate === -1 ? numbers : rate;
  return { x: x === -1 ? null : x, x_is_load: false };
}

/** By how the names of keys end. */
const UNITS: ReadonlyArray<readonly [RegExp, Unit]> = [
  [/(^|\.)rate_per_s$/, 'req/s'],
  [/tokens_per_s$/, 'tokens/s'],
  [/bytes_per_s$/, 'bytes/s'],
  [/(_s|seconds)$/, 's'],
  [/gpus$/, 'GPUs'],
  [/replicas$/, 'replicas'],
];

function unitOf(path: string): Unit {
  return UNITS.find(([ending]) => ending.test(path))?.[1] ?? 'count';
}
