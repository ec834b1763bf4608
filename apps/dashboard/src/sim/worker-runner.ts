/**
 * Simulations of an analysis, spread over Web Workers. Knows no analysis and no state of the page.
 */
import type { Runner } from '@llmsim/analysis';
import { formatProblem } from '@llmsim/config';
import type { SimulationReport } from '@llmsim/engine';
import { Connection } from './connection.ts';
import type { Cell, CellOutcome } from './protocol.ts';

/** More workers than this bring little and take memory. */
const MOST_WORKERS = 4;

/** One core is left to the page. */
function workersFor(cores: number): number {
  return Math.max(1, Math.min(MOST_WORKERS, cores - 1));
}

export class WorkerRunner implements Runner<Cell> {
  readonly concurrency: number;
  readonly #idle: Connection[];
  readonly #waiting: Array<(connection: Connection) => void> = [];

  constructor(concurrency: number = workersFor(navigator.hardwareConcurrency)) {
    this.concurrency = concurrency;
    this.#idle = Array.from({ length: concurrency }, () => new Connection());
  }

  /** @throws Error with the scenario's problems, or when a worker breaks; the signal's reason once it is aborted. */
  async run(cell: Cell, signal: AbortSignal = new AbortController().signal): Promise<SimulationReport> {
    const connection = this.#idle.pop() ?? (await new Promise<Connection>((go) => this.#waiting.push(go)));
    try {
      signal.throwIfAborted();
      const outcome = await connection.call<CellOutcome>(signal, (remote, id) => remote.report(id, cell));
      signal.throwIfAborted();
      if (outcome.kind === 'done') return outcome.report;
      throw new Error(
        outcome.kind === 'invalid' ? outcome.problems.map(formatProblem).join('\n') : 'the run was cancelled',
      );
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#idle.push(connection);
      else next(connection);
    }
  }
}
