/**
 * How a sensitivity analysis gets its numbers: points with seeds in, values out. Knows no design and no estimator.
 */
import { type RunOptions, runInOrder } from '../compare/run-in-order.ts';
import type { Reading } from '../interval/replicate.ts';
import type { Runner } from '../running/runner.ts';

export interface SeededPoint {
  /** One value for each factor, in their order. */
  readonly point: readonly number[];
  readonly seed: number;
}

export interface Evaluation {
  /** One for each point; null where the run failed, was not reached or has no such number. */
  readonly values: readonly (number | null)[];
  readonly failed: readonly { readonly index: number; readonly error: unknown }[];
  readonly finished: boolean;
}

export type Evaluate = (points: readonly SeededPoint[]) => Promise<Evaluation>;

/**
 * Evaluates by running cells and reading their reports.
 *
 * @example
 * const evaluate = evaluateBy(runner, ({ point: [rate_per_s], seed }) => ({ rate_per_s, seed }), read);
 */
export function evaluateBy<Cell>(
  runner: Runner<Cell>,
  cellOf: (point: SeededPoint) => Cell,
  read: Reading,
  options: RunOptions = {},
): Evaluate {
  return async (points) => {
    const { reports, ...rest } = await runInOrder(runner, points.map(cellOf), options);
    return { ...rest, values: reports.map((report) => (report === null ? null : read(report))) };
  };
}
