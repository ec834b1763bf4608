/**
 * What is varied in a sensitivity analysis: a key and the range it moves in. Knows no scenario.
 */
import { exp, ln } from '@llmsim/engine';

export interface Factor {
  readonly key: string;
  readonly low: number;
  readonly high: number;
  /** Where the others are varied about, within the range. */
  readonly base: number;
  /** Whether only whole numbers make sense. */
  readonly whole: boolean;
  /** Whether the value is the logarithm of what it stands for, as μ of a lognormal law is. */
  readonly logarithm?: boolean;
}

/** @throws RangeError for a range that is none. */
export function requireFactors(factors: readonly Factor[]): void {
  if (factors.length === 0) throw new RangeError('factors must hold at least one factor, got none');
  for (const { key, low, high, base } of factors) {
    if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
      throw new RangeError(`${key}: low must be below high and both finite, got ${low} and ${high}`);
    }
    if (!(base >= low && base <= high)) {
      throw new RangeError(`${key}: base must lie in [${low}, ${high}], got ${base}`);
    }
  }
}

/**
 * The value at a share u of the range: by equal factors where the range lies above 0 and spans ten times or more, else
 * evenly. Each whole number gets an equal part of the range.
 */
export function valueAt({ low, high, whole }: Factor, u: number): number {
  if (whole) {
    const numbers = Math.floor(high) - Math.ceil(low) + 1;
    return Math.min(Math.ceil(low) + Math.floor(u * numbers), Math.floor(high));
  }
  return low > 0 && high >= 10 * low ? low * exp(u * ln(high / low)) : low + u * (high - low);
}
