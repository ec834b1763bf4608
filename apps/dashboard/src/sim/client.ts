/**
 * The page's end of the protocol: starts the worker, numbers the runs, notices when the worker dies.
 * Knows no scenario and no state of the page.
 */
import { proxy, type Remote, wrap } from 'comlink';
import type { Inputs, OnProgress, RunOutcome, ScenarioSource, SimulationWorker } from './protocol.ts';

export interface RunOptions {
  readonly signal: AbortSignal;
  readonly onProgress: OnProgress;
}

/** What the page's state needs of a simulator. */
export interface Simulator {
  /** @throws Error when the simulator breaks or cannot be loaded. */
  inspect(source: ScenarioSource): Promise<Inputs | null>;
  /** @throws Error when the simulator breaks or cannot be loaded. */
  run(source: ScenarioSource, options: RunOptions): Promise<RunOutcome>;
}

interface Connection {
  readonly remote: Remote<SimulationWorker>;
  /** Never fulfilled; rejected when the worker dies. */
  readonly lost: Promise<never>;
}

/** The simulator in a Web Worker; a worker that died is replaced at the next call. */
export class WorkerSimulator implements Simulator {
  #connection: Connection | null = null;
  #runs = 0;

  inspect(source: ScenarioSource): Promise<Inputs | null> {
    const { remote, lost } = this.#connected();
    return Promise.race([remote.inspect(source), lost]);
  }

  async run(source: ScenarioSource, { signal, onProgress }: RunOptions): Promise<RunOutcome> {
    const { remote, lost } = this.#connected();
    const id = ++this.#runs;
    const cancel = (): void => void remote.cancel(id);
    const outcome = remote.run(id, source, proxy(onProgress));
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    try {
      return await Promise.race([outcome, lost]);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  #connected(): Connection {
    this.#connection ??= connect(() => {
      this.#connection = null;
    });
    return this.#connection;
  }
}

function connect(onLost: () => void): Connection {
  const worker = new Worker(new URL('./sim.worker.ts', import.meta.url), { type: 'module' });
  const lost = new Promise<never>((_, reject) => {
    worker.addEventListener('error', (event) => {
      worker.terminate();
      onLost();
      reject(new Error(event.message || 'its code could not be loaded'));
    });
  });
  // Those who wait for a call hear of it; with nobody waiting there is nobody to tell.
  lost.catch(() => {});
  return { remote: wrap<SimulationWorker>(worker), lost };
}
