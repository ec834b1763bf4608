/**
 * Something that is worked out for the run on show, and again for the next: under way, there, or failed. What an older
 * run still brings is dropped. Knows nothing of what it is.
 */
import type { RunView } from '../sim/protocol.ts';

export type Load<Value> = (view: RunView, signal: AbortSignal) => Promise<Value>;

export class Loaded<Value> {
  /** The last that was worked out; kept while the next one is. */
  value = $state.raw<Value | null>(null);
  /** Why the newest could not be worked out. */
  failure = $state<string | null>(null);
  busy = $state(false);

  readonly #load: Load<Value>;
  #newest = new AbortController();

  constructor(load: Load<Value>) {
    this.#load = load;
  }

  /** Works it out for `view`; what is under way for another is given up. Never rejects. */
  async follow(view: RunView): Promise<void> {
    this.stop();
    const controller = new AbortController();
    this.#newest = controller;
    this.busy = true;
    this.failure = null;
    try {
      const value = await this.#load(view, controller.signal);
      if (this.#newest === controller && !controller.signal.aborted) this.value = value;
    } catch (error) {
      if (this.#newest === controller && !controller.signal.aborted) {
        this.failure = error instanceof Error ? error.message : String(error);
      }
    } finally {
      if (this.#newest === controller) this.busy = false;
    }
  }

  /** Gives up what is under way. */
  stop(): void {
    this.#newest.abort();
    this.busy = false;
  }
}
