/**
 * The simulator as the page's state needs it: one run at a time, in a worker of its own. Knows no state of the page.
 */
import { proxy } from 'comlink';
import { Connection } from './connection.ts';
import type { Cell, OnProgress, RequestsOutcome, RunOutcome, ScenarioSource } from './protocol.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** Where the requests of a run come from. */
export interface RequestSource {
  /** @throws Error when the simulator breaks or cannot be loaded. */
  requests(cell: Cell, signal: AbortSignal): Promise<RequestsOutcome>;
}

/** What the page's state needs of a simulator. */
export interface Simulator {
  /** @throws Error when the simulator breaks or cannot be loaded. */
  run(source: ScenarioSource, options: RunOptions): Promise<RunOutcome>;
}

export class WorkerSimulator implements Simulator, RequestSource {
  readonly #connection = new Connection();

  run(source: ScenarioSource, { signal, onProgress }: RunOptions): Promise<RunOutcome> {
    return this.#connection.call<RunOutcome>(signal, (remote, id) =>
      remote.run(id, source, proxy(onProgress)),
    );
  }

  requests(cell: Cell, signal: AbortSignal): Promise<RequestsOutcome> {
    return this.#connection.call<RequestsOutcome>(signal, (remote, id) => remote.requests(id, cell));
  }
}
