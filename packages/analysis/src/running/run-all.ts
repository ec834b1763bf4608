/**
 * Many cells through one runner, outcomes as they come. Knows no cell's meaning and no statistics.
 */
import type { SimulationReport } from '@llmsim/engine';
import type { Runner, RunSignal } from './runner.ts';

/** What became of a cell: a report, or what its run threw. `index` counts the cells from 0 in their order. */
export type CellOutcome<Cell> = { readonly index: number; readonly cell: Cell } & (
  | { readonly report: SimulationReport }
  | { readonly error: unknown }
);

/**
 * Yields the outcomes of cells as they finish, at most `runner.concurrency` under way; a cell that fails does not stop
 * the others. The next cell is taken when there is room for it, so an iterator may decide by what has been yielded.
 * Whoever cares for the order goes by `index`.
 *
 * @throws the signal's reason, after the outcomes that finished, when it was aborted before all had.
 * @example
 * for await (const outcome of runAll(runner, cells)) {
 *   if ('report' in outcome) reports[outcome.index] = outcome.report;
 * }
 */
export async function* runAll<Cell>(
  runner: Runner<Cell>,
  cells: Iterable<Cell>,
  signal?: RunSignal,
): AsyncGenerator<CellOutcome<Cell>, void, undefined> {
  const source = cells[Symbol.iterator]();
  const underWay = new Map<number, Promise<CellOutcome<Cell>>>();
  let taken = 0;
  let exhausted = false;
  let interrupted = false;
  try {
    for (;;) {
      while (!exhausted && underWay.size < runner.concurrency) {
        const next = source.next();
        interrupted ||= !next.done && signal?.aborted === true;
        exhausted = next.done === true || interrupted;
        if (next.done || interrupted) break;
        underWay.set(taken, outcomeOf(runner, next.value, taken, signal));
        taken++;
      }
      if (underWay.size === 0) break;
      const outcome = await Promise.race(underWay.values());
      underWay.delete(outcome.index);
      if ('error' in outcome && signal?.aborted && outcome.error === signal.reason) interrupted = true;
      else yield outcome;
    }
  } finally {
    source.return?.();
  }
  if (interrupted) throw signal?.reason;
}

/** Never rejects. */
async function outcomeOf<Cell>(
  runner: Runner<Cell>,
  cell: Cell,
  index: number,
  signal: RunSignal | undefined,
): Promise<CellOutcome<Cell>> {
  try {
    return { index, cell, report: await runner.run(cell, signal) };
  } catch (error) {
    return { index, cell, error };
  }
}
