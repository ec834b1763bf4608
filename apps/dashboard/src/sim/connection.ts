/**
 * A Web Worker that simulates, from the page's side: started when first needed, its calls numbered, replaced after it
 * died. Knows no scenario and no state of the page.
 */
import { type Remote, wrap } from 'comlink';
import type { SimulationWorker } from './protocol.ts';

interface Started {
  readonly worker: Worker;
  readonly remote: Remote<SimulationWorker>;
  /** Never fulfilled; rejected when the worker dies. */
  readonly lost: Promise<never>;
}

export class Connection {
  #started: Started | null = null;
  #calls = 0;

  /**
   * Makes one call that `signal` cancels.
   *
   * @throws Error when the worker dies or cannot be loaded; the next call starts another.
   */
  async call<Outcome>(
    signal: AbortSignal,
    start: (remote: Remote<SimulationWorker>, id: number) => Promise<Outcome>,
  ): Promise<Outcome> {
    this.#started ??= begin(() => {
      this.#started = null;
    });
    const { remote, lost } = this.#started;
    const id = ++this.#calls;
    const cancel = (): void => void remote.cancel(id);
    const outcome = start(remote, id);
    signal.addEventListener('abort', cancel);
    if (signal.aborted) cancel();
    try {
      return await Promise.race([outcome, lost]);
    } finally {
      signal.removeEventListener('abort', cancel);
    }
  }

  /** Ends the worker; what is under way never settles. */
  close(): void {
    this.#started?.worker.terminate();
    this.#started = null;
  }
}

function begin(onLost: () => void): Started {
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
  return { worker, remote: wrap<SimulationWorker>(worker), lost };
}
