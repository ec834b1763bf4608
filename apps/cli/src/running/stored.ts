/**
 * A runner that asks a store first and keeps what it ran. Knows no files and no cell's meaning.
 */
import type { Runner } from '@llmsim/analysis';
import type { CellStore } from './cell-store.ts';

export interface StoredRunner<Cell> extends Runner<Cell> {
  /** Cells that the store had. */
  readonly reused: () => number;
}

export function stored<Cell>(
  runner: Runner<Cell>,
  store: CellStore,
  keyOf: (cell: Cell) => string,
): StoredRunner<Cell> {
  let reused = 0;
  return {
    concurrency: runner.concurrency,
    reused: () => reused,
    async run(cell, signal) {
      if (signal?.aborted) throw signal.reason;
      const key = keyOf(cell);
      const known = store.read(key);
      if (known !== null) {
        reused++;
        return known;
      }
      const report = await runner.run(cell, signal);
      store.write(key, report);
      return report;
    },
  };
}
