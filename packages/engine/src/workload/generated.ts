/**
 * Requests drawn from distributions, each quantity from its own named substream.
 * Knows no clock.
 *
 * Requests are drawn a block ahead, in the order in which they come: one tight loop is cheaper than the same draws
 * between events. What a law throws is thrown when its request would come.
 */
import type { GeneratedWorkload } from '../plan.ts';
import { type Sampler, samplerOf } from '../random/distribution.ts';
import { uniformStream } from '../random/streams.ts';
import { drawnLengths } from './drawn-lengths.ts';
import type { RequestSource } from './request-source.ts';

/** Blocks double up to the most, so that a short run draws few requests in vain. */
const FIRST_BLOCK = 8;
const MOST_BLOCK = 512;

export function generatedSource(workload: GeneratedWorkload, seed: number | string): RequestSource {
  return new GeneratedRequests(workload, seed);
}

class GeneratedRequests implements RequestSource {
  arrival_s: number = Number.NaN;
  prompt_tokens = 0;
  output_tokens = 0;
  readonly session = -1;

  readonly #gap: Sampler;
  readonly #prompt: Sampler;
  readonly #output: Sampler;
  readonly #gaps = new Float64Array(MOST_BLOCK);
  readonly #prompts = new Int32Array(MOST_BLOCK);
  readonly #outputs = new Int32Array(MOST_BLOCK);
  #block = FIRST_BLOCK;
  #drawn = 0;
  #taken = 0;
  /** Requests still to be drawn. */
  #left: number;
  #failure: { readonly error: unknown } | null = null;

  constructor(workload: GeneratedWorkload, seed: number | string) {
    // NaN before, so that it is a fraction from the start: see Decisions in ARCHITECTURE.md.
    this.arrival_s = 0;
    const { prompt, output } = drawnLengths(workload, seed);
    this.#gap = samplerOf('interarrival_s', workload.interarrival_s, uniformStream(seed, 'arrivals'));
    this.#prompt = prompt;
    this.#output = output;
    this.#left = workload.max_requests ?? Number.POSITIVE_INFINITY;
  }

  advance(): boolean {
    if (this.#taken === this.#drawn) this.#drawBlock();
    if (this.#taken === this.#drawn) {
      if (this.#failure !== null) throw this.#failure.error;
      return false;
    }
    const row = this.#taken++;
    this.arrival_s += this.#gaps[row] ?? 0;
    this.prompt_tokens = this.#prompts[row] ?? 0;
    this.output_tokens = this.#outputs[row] ?? 0;
    return this.arrival_s < Number.POSITIVE_INFINITY;
  }

  /** Draws up to the end of the block, of the requests, or to what a law throws. */
  #drawBlock(): void {
    const rows = this.#failure === null ? Math.min(this.#block, this.#left) : 0;
    this.#taken = 0;
    this.#drawn = 0;
    try {
      for (let row = 0; row < rows; row++) {
        this.#gaps[row] = secondsOf(this.#gap());
        this.#prompts[row] = this.#prompt();
        this.#outputs[row] = this.#output();
        this.#drawn = row + 1;
      }
    } catch (error) {
      this.#failure = { error };
    }
    this.#left -= rows;
    this.#block = Math.min(2 * this.#block, MOST_BLOCK);
  }
}

function secondsOf(gap: number): number {
  if (gap >= 0) return gap;
  throw new RangeError(`interarrival_s must give seconds of at least 0, gave ${gap}`);
}
