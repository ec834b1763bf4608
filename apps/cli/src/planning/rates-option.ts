/** Rates as `--rate` writes them: a list, a range, spacings. Knows no scenario. */
import { UserError } from '../exit-codes.ts';
import { parseValues } from '../vary/values.ts';

/** Ascending, requests per second. @throws UserError for what are no rates. */
export function ratesOf(spec: string): number[] {
  const rates = parseValues(spec, `--rate ${spec}`).map((value) => {
    if (typeof value === 'number' && value > 0) return value;
    throw new UserError(`--rate ${spec}: ${value} is no rate. Write 10,20,30 or 10..50:10.`);
  });
  return rates.sort((a, b) => a - b);
}
