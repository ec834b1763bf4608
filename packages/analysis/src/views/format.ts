/**
 * How a number becomes text: the only place that decides digits and units, the same on every machine and in every
 * language setting. Knows no metric.
 */

/** What a number counts; `share` runs from 0 to 1, `count` counts nothing in particular. */
export type Unit =
  | 's'
  | 'share'
  | 'requests'
  | 'GPUs'
  | 'replicas'
  | 'steps'
  | 'preemptions'
  | 'count'
  | 'swaps'
  | 'transfers'
  | 'bytes'
  | 'bytes/s'
  | 'price/h'
  | 'req/s'
  | 'tokens/s';

/** Stands where there is no number. */
export const NO_VALUE = '–';

/**
 * A number of any unit as text; `–` for null and for what is not finite.
 *
 * @example
 * formatQuantity(0.0421, 's'); // '42.1 ms'
 * formatQuantity(1234.5, 'tokens/s'); // '1,235 tokens/s'
 */
export function formatQuantity(value: number | null, unit: Unit): string {
  switch (unit) {
    case 's':
      return formatSeconds(value);
    case 'share':
      return formatPercent(value);
    case 'requests':
    case 'GPUs':
    case 'replicas':
    case 'steps':
    case 'preemptions':
    case 'count':
    case 'swaps':
    case 'transfers':
      return formatCount(value);
    case 'price/h':
      return isNumber(value) ? value.toFixed(2) : NO_VALUE;
    case 'bytes':
      return formatBytes(value);
    case 'bytes/s':
      return isNumber(value) ? `${formatBytes(value)}/s` : NO_VALUE;
    default:
      return formatRate(value, unit);
  }
}

/**
 * A number beside an axis: as `formatQuantity` has it, without zeros at the end.
 *
 * @example
 * formatTick(0.05, 's'); // '50 ms'
 */
export function formatTick(value: number, unit: Unit): string {
  return formatQuantity(value, unit)
    .replace(/(\.\d*?)0+(?=\D|$)/, '$1')
    .replace(/\.(?=\D|$)/, '');
}

/**
 * Seconds with three digits, in ms below one second.
 *
 * @example
 * formatSeconds(0.5); // '500 ms'
 * formatSeconds(83.25); // '83.3 s'
 */
export function formatSeconds(value_s: number | null): string {
  if (!isNumber(value_s)) return NO_VALUE;
  if (value_s === 0) return '0 s';
  const inMs = Math.abs(value_s) < 0.9995;
  return inMs ? `${threeDigits(value_s * 1000)} ms` : `${threeDigits(value_s)} s`;
}

/**
 * A share as percent with one decimal; nothing and all have none, and what is short of them never reads like them.
 *
 * @example
 * formatPercent(0.9321); // '93.2 %'
 * formatPercent(0.99999); // '> 99.9 %'
 */
export function formatPercent(share: number | null): string {
  if (!isNumber(share)) return NO_VALUE;
  if (share < 1 && share >= 0.9995) return '> 99.9 %';
  if (share > 0 && share < 0.0005) return '< 0.1 %';
  if (share < 0 && share > -0.0005) return '> −0.1 %';
  // Of what is many times as much nobody reads tenths.
  const digits = share === 0 || share === 1 || Math.abs(share) >= 10 ? 0 : 1;
  return `${signed(share * 100, (magnitude) => grouped(magnitude.toFixed(digits)))} %`;
}

/**
 * A rate with three digits and its unit.
 *
 * @example
 * formatRate(1.9283, 'req/s'); // '1.93 req/s'
 */
export function formatRate(value: number | null, unit: string): string {
  return isNumber(value) ? `${threeDigits(value)} ${unit}` : NO_VALUE;
}

/**
 * A count: whole numbers in full, averages with three digits.
 *
 * @example
 * formatCount(12345); // '12,345'
 * formatCount(2.1256); // '2.13'
 */
export function formatCount(value: number | null): string {
  if (!isNumber(value)) return NO_VALUE;
  return Number.isInteger(value)
    ? signed(value, (magnitude) => grouped(magnitude.toFixed(0)))
    : threeDigits(value);
}

/**
 * Bytes with three digits, in powers of 1000.
 *
 * @example
 * formatBytes(131072); // '131 kB'
 */
export function formatBytes(value: number | null): string {
  if (!isNumber(value)) return NO_VALUE;
  let unit = 0;
  let shown = value;
  while (Math.abs(shown) >= 999.5 && unit < BYTE_UNITS.length - 1) {
    shown /= 1000;
    unit++;
  }
  return `${shown === 0 || (unit === 0 && Number.isInteger(shown)) ? shown : threeDigits(shown)} ${BYTE_UNITS[unit]}`;
}

const BYTE_UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];

function isNumber(value: number | null): value is number {
  return value !== null && Number.isFinite(value);
}

/** Three significant digits; digits before the point are never rounded off. */
function threeDigits(value: number): string {
  return signed(value, (magnitude) => {
    if (magnitude === 0) return '0';
    return magnitude < 99.95 ? magnitude.toPrecision(3) : grouped(magnitude.toFixed(0));
  });
}

export function signed(value: number, format: (magnitude: number) => string): string {
  return value < 0 ? `−${format(-value)}` : format(value);
}

/** Commas between thousands. */
export function grouped(digits: string): string {
  return digits.replace(/\B(?=(\d{3})+$)/g, ',');
}
