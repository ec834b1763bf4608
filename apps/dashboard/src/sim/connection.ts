/**
 * A Web Worker that simulates, from the page's side: started when first needed, its calls numbered, replaced after it
 * died. Knows no scenario and no state of the page.
 */
import { type Remote, wrap } from 'comlink';
import type { SimulationWorker } from './protocol.ts';

interface Started {
  readonly worker: Worker;
  readonly remote: Remote<SimulationWorker>;
  /** Told when the worker dies: the calls that are under way. */
  readonly waiting: Set<(reason: Error) => void>;
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
    const { remote, waiting } = this.#started;
    const id = ++this.#calls;
    const cancel = (): void => void remote.cancel(id);
    signal.addEventListener('abort', cancel);
    let lost: (reason: Error) => void = () => {};
    try {
      // No race with one long promise, which would keep every outcome for as long as the worker lives.
      return await new Promise<Outcome>((resolve, reject) => {
        lost = reject;
        waiting.add(lost);
        start(remote, id).then(resolve, reject);
        if (signal.aborted) cancel();
      });
    } finally {
      waiting.delete(lost);
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
  const waiting: Started['waiting'] = new Set();
  worker.addEventListener('error', (event) => {
    worker.terminate();
    onLost();
    const reason = new Error(event.message || 'its code could not be loaded');
    for (const lost of waiting) lost(reason);
  });
  return { worker, remote: wrap<SimulationWorker>(worker), waiting };
}
