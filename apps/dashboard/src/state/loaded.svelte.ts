/**
 * Something that is worked out for the run on show, and again for the next: under way, there, or failed. What an older
 * run still brings is dropped. Knows nothing of what it is.
 */
import { untrack } from 'svelte';
import { atMostEvery } from '../sim/at-most-every.ts';
import type { RunView } from '../sim/protocol.ts';

/** Shortest time between two reports of progress, milliseconds. */
const PROGRESS_EVERY_MS = 100;

/** `onProgress` takes the share that is done, from 0 to 1. */
export type Load<Value> = (view: RunView, watch: Watch) => Promise<Value>;

interface Watch {
  readonly signal: AbortSignal;
  readonly onProgress: (fraction: number) => void;
}

export class Loaded<Value> {
  /** The last that was worked out; kept while the next one is. */
  value = $state.raw<Value | null>(null);
  /** Why the newest could not be worked out. */
  failure = $state<string | null>(null);
  busy = $state(false);
  /** Share of the newest that is done, from 0 to 1. */
  fraction = $state(0);
  /** Whether the newest was given up before it was done. */
  stopped = $state(false);

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
    this.stopped = false;
    this.fraction = 0;
    this.failure = null;
    try {
      const value = await this.#load(view, {
        signal: controller.signal,
        onProgress: atMostEvery(PROGRESS_EVERY_MS, (fraction) => {
          if (this.#newest === controller && this.busy) this.fraction = fraction;
        }),
      });
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
    // Asked from effects, which must not wait for what they change.
    this.stopped = untrack(() => this.busy);
    this.busy = false;
  }
}
