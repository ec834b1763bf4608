/**
 * From the events of requests to intervals on GPUs: when each prefill and decode held which one.
 * Knows no output format.
 */
import type { RequestEvent } from '@llmsim/engine';

/** Work of one request on one GPU. */
export interface Slice {
  readonly name: 'prefill' | 'decode';
  readonly id: number;
  readonly pool: string;
  readonly gpu: number;
  readonly from_s: number;
  readonly to_s: number;
  readonly args: {
    readonly prompt_tokens: number;
    readonly output_tokens: number;
    /** The run ended first. */
    readonly unfinished?: true;
  };
}

interface Open {
  readonly name: Slice['name'];
  readonly begun: RequestEvent;
  /** Holds a GPU for sure; false after a prefill that may have left its GPU. */
  readonly served: boolean;
}

export class ServiceSlices {
  readonly #open = new Map<number, Open>();

  /** A GPU takes a request: its prefill, or its decode when it has been prefilled. */
  start(event: RequestEvent): void {
    const name = this.#open.has(event.id) ? 'decode' : 'prefill';
    this.#open.set(event.id, { name, begun: event, served: true });
  }

  endPrefill(event: RequestEvent): Slice | null {
    const done = this.#close(event.id, event.time_s);
    // Where one GPU does both, decode goes on here and now; elsewhere the next start moves it.
    this.#open.set(event.id, { name: 'decode', begun: event, served: false });
    return done;
  }

  /** Null for an answer that the last step of its prefill completes: nothing was decoded. */
  endDecode(event: RequestEvent): Slice | null {
    const open = this.#open.get(event.id);
    const byPrefill = open?.served === false && open.begun.time_s === event.time_s;
    const done = byPrefill ? null : this.#close(event.id, event.time_s);
    this.#open.delete(event.id);
    return done;
  }

  /** What was under way at `end_s`; `sameGpu`: decode follows prefill on its GPU. */
  *unfinished(end_s: number, sameGpu: boolean): Generator<Slice> {
    for (const [id, { served }] of this.#open) {
      const cut = served || sameGpu ? this.#close(id, end_s) : null;
      if (cut !== null) yield { ...cut, args: { ...cut.args, unfinished: true } };
    }
  }

  #close(id: number, to_s: number): Slice | null {
    const open = this.#open.get(id);
    if (open === undefined || open.begun.pool === null) return null;
    const { time_s: from_s, pool, gpu, prompt_tokens, output_tokens } = open.begun;
    return { name: open.name, id, pool, gpu, from_s, to_s, args: { prompt_tokens, output_tokens } };
  }
}
