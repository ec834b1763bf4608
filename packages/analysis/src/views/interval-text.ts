/**
 * How a number with its uncertainty becomes text: both in one unit, to the digits that the uncertainty leaves.
 * Knows no metric.
 */
import { formatQuantity, grouped, NO_VALUE, signed, type Unit } from './format.ts';

/** Of a sum of float64 numbers, relative to it. */
const ROUNDING = 1e-9;

/** What an interval needs to be written down. */
export interface Uncertain {
  readonly mean: number;
  readonly half_width: number;
}

/**
 * Mean ± half-width, the half-width to two digits and the mean to the same place; `–` for null.
 *
 * @example
 * formatInterval({ mean: 0.41234, half_width: 0.0231 }, 's'); // '412 ± 23 ms'
 * formatInterval({ mean: 0.9321, half_width: 0.0112 }, 'share'); // '93.2 ± 1.1 %'
 */
export function formatInterval(interval: Uncertain | null, unit: Unit): string {
  if (interval === null || !Number.isFinite(interval.mean) || !Number.isFinite(interval.half_width)) {
    return NO_VALUE;
  }
  const { mean, half_width } = interval;
  // What rounding alone leaves is nothing.
  const certain = half_width <= ROUNDING * Math.abs(mean);
  const scaled = scaleOf(unit, Math.max(Math.abs(mean), half_width));
  if (scaled === null || certain) {
    return `${formatQuantity(mean, unit)} ± ${certain ? '0' : formatQuantity(half_width, unit)}`;
  }
  const [factor, suffix] = scaled;
  const digits = decimals(half_width * factor);
  return `${fixed(mean * factor, digits)} ± ${fixed(half_width * factor, digits)}${suffix}`;
}

/**
 * The mean of a quantity with its interval, as `formatInterval` has it; but a share lies from 0 to 1, so where its
 * interval would pass these, its ends stand instead, cut there. A cut interval holds the true share as often. Not for
 * differences of shares, which may be negative.
 *
 * @example
 * formatEstimate({ mean: 0.9994, half_width: 0.0026 }, 'share'); // '99.94 (99.68–100) %'
 * formatEstimate({ mean: 0.9321, half_width: 0.0112 }, 'share'); // '93.2 ± 1.1 %'
 */
export function formatEstimate(interval: Uncertain | null, unit: Unit): string {
  if (interval === null || unit !== 'share') return formatInterval(interval, unit);
  const { mean, half_width } = interval;
  const [low, high] = withinShare([mean - half_width, mean + half_width]);
  const uncertain = Number.isFinite(half_width) && half_width > ROUNDING * Math.abs(mean);
  const cut = uncertain && mean >= 0 && mean <= 1 && (low <= 0 || high >= 1);
  if (!cut) return formatInterval(interval, unit);
  const digits = decimals(half_width * 100);
  const end = (value: number): string => fixed(value * 100, value === 0 || value === 1 ? 0 : digits);
  return `${fixed(mean * 100, digits)} (${end(low)}–${end(high)}) %`;
}

/**
 * A difference with its interval, as `formatInterval` has it; of shares in percentage points, as a percent of a share
 * would mean another number.
 *
 * @example
 * formatDifference({ mean: -0.076, half_width: 0.012 }, 'share'); // '−7.6 ± 1.2 pp'
 */
export function formatDifference(interval: Uncertain | null, unit: Unit): string {
  return inPoints(formatInterval(interval, unit), unit);
}

/** The text of a difference in `unit`; shares differ by percentage points. */
export function inPoints(text: string, unit: Unit): string {
  return unit === 'share' ? text.replace(' %', ' pp') : text;
}

/** The ends of an interval, as far as a share can be. */
export function withinShare([low, high]: readonly [low: number, high: number]): [low: number, high: number] {
  return [Math.max(0, low), Math.min(1, high)];
}

/** Factor and unit as `formatQuantity` would choose them; null for a unit that it writes in ways of its own. */
function scaleOf(unit: Unit, size: number): readonly [factor: number, suffix: string] | null {
  switch (unit) {
    case 's':
      return size < 0.9995 ? [1000, ' ms'] : [1, ' s'];
    case 'share':
      return [100, ' %'];
    case 'req/s':
    case 'tokens/s':
      return [1, ` ${unit}`];
    case 'requests':
    case 'preemptions':
    case 'steps':
    case 'GPUs':
    case 'replicas':
      return [1, ''];
    default:
      return null;
  }
}

/** Digits after the point that show two digits of a number. */
function decimals(value: number): number {
  const exponent = Number(value.toExponential(1).split('e')[1]);
  return Math.min(Math.max(1 - exponent, 0), 9);
}

function fixed(value: number, digits: number): string {
  return signed(value, (magnitude) => {
    const [whole = '', fraction] = magnitude.toFixed(digits).split('.');
    return fraction === undefined ? grouped(whole) : `${grouped(whole)}.${fraction}`;
  });
}
