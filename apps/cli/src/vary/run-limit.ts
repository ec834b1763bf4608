/** How many runs a grid may have before one is asked to mean it. Knows no grid. */
import { UserError } from '../exit-codes.ts';

/** More runs than this need `--yes`. */
const MOST_RUNS = 5000;

/**
 * @param yes - whether the user wrote `--yes`
 * @param fewer - what makes them fewer, in words
 * @throws UserError for more runs than one starts by mistake.
 */
export function refuseTooMany(runs: number, yes: boolean, fewer: string): void {
  if (runs <= MOST_RUNS || yes) return;
  throw new UserError(
    `These are ${runs.toLocaleString('en')} runs, more than ${MOST_RUNS.toLocaleString('en')}. Write --yes to run them, or take ${fewer}.`,
  );
}
