/**
 * How the values of options are read. Knows no option.
 */
import { InvalidArgumentError } from 'commander';

/** Gathers a repeatable option. */
export function collect(value: string, before: readonly string[]): string[] {
  return [...before, value];
}

export function wholeNumber(value: string): number {
  const count = Number(value);
  if (!(Number.isSafeInteger(count) && count >= 1)) {
    throw new InvalidArgumentError('It must be a whole number of at least 1.');
  }
  return count;
}
