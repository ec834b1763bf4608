/**
 * An examination that counts its runs. Knows no plan.
 */
import type { Examination } from './examine.ts';

export interface Counted<Cell> extends Examination<Cell> {
  /** Runs done so far. */
  readonly runs: () => number;
}

export function counted<Cell>(examination: Examination<Cell>): Counted<Cell> {
  let runs = 0;
  return {
    ...examination,
    runs: () => runs,
    onRun() {
      runs++;
      examination.onRun?.();
    },
  };
}
