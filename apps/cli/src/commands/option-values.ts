/**
 * How the values of options are read. Knows no option.
 */
import { InvalidArgumentError } from 'commander';

/** Gathers a repeatable option. */
export function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function wholeNumber(value: string): number {
  const count = Number(value);
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new InvalidArgumentError('It must be a whole number of at least 1.');
  }
  return count;
}

export function atLeastTwo(value: string): number {
  const count = wholeNumber(value);
  if (count < 2) throw new InvalidArgumentError('It must be at least 2.');
  return count;
}

export function positive(value: string): number {
  const number = finite(value);
  if (number <= 0) throw new InvalidArgumentError('It must be above 0.');
  return number;
}

export function notNegative(value: string): number {
  const number = finite(value);
  if (number < 0) throw new InvalidArgumentError('It must be at least 0.');
  return number;
}

/** A share of a whole, such as 0.99. */
export function shareOption(value: string): number {
  const number = positive(value);
  if (number > 1) throw new InvalidArgumentError('It must be at most 1, such as 0.99.');
  return number;
}

function finite(value: string): number {
  const number = value.trim() === '' ? Number.NaN : Number(value);
  if (!Number.isFinite(number)) throw new InvalidArgumentError('It must be a number.');
  return number;
}
