/**
 * What a file of measurements gives, and what stands in its way. Knows no format.
 */
import type { StepSums, TimedRequest } from '@llmsim/analysis';

/** The requests of one run, or single steps. */
export type Measured =
  | {
      readonly kind: 'requests';
      readonly requests: readonly TimedRequest[];
      /** Requests of the run that are missing: they failed, or did not end in the window of the file. */
      readonly left_out: number;
    }
  | { readonly kind: 'steps'; readonly steps: readonly StepSums[] };

/** Collects what is wrong with one file; the first few in full. */
export class Complaints {
  readonly #file: string;
  readonly #lines: string[] = [];
  #more = 0;

  constructor(file: string) {
    this.#file = file;
  }

  /** @param place - where in the file, such as `12:5` or `ttfts[3]`; empty for the whole of it */
  add(place: string, message: string): void {
    if (this.#lines.length === MOST) this.#more++;
    else this.#lines.push(`${this.#file}${place === '' ? '' : `:${place}`}: ${message}`);
  }

  get lines(): readonly string[] {
    return this.#more === 0
      ? this.#lines
      : [...this.#lines, `${this.#file}: and ${this.#more} problems more`];
  }
}

const MOST = 10;

/** What is wrong with the instants and lengths of a request; null when nothing is. */
export function wrongWith(request: TimedRequest): string | null {
  const { prompt_tokens, output_tokens, first_token_s, completed_s } = request;
  if (!(Number.isInteger(prompt_tokens) && prompt_tokens >= 1)) {
    return `a prompt has a whole number of tokens, at least 1, got ${prompt_tokens}`;
  }
  if (!(Number.isInteger(output_tokens) && output_tokens >= 1)) {
    return `an answer has a whole number of tokens, at least 1, got ${output_tokens}`;
  }
  if (output_tokens > 1 && !(completed_s > first_token_s)) {
    return `the last of ${output_tokens} tokens must come after the first, got ${completed_s} s and ${first_token_s} s`;
  }
  return null;
}
