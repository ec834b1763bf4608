/**
 * Token counts of requests drawn from distributions, each from its own named substream: the n-th draw belongs to
 * the n-th request. Knows no arrivals.
 */
import { type Distribution, type Sampler, samplerOf } from '../random/distribution.ts';
import { uniformStream } from '../random/streams.ts';

/** The laws that the token counts of a workload follow. */
export interface LengthLaws {
  readonly prompt_tokens: Distribution;
  readonly output_tokens: Distribution;
}

/** A sampler each of prompts and outputs. @throws RangeError, when drawn, for what is no count of tokens. */
export function drawnLengths(
  laws: LengthLaws,
  seed: number | string,
): { readonly prompt: Sampler; readonly output: Sampler } {
  const drawn = (name: keyof LengthLaws): Sampler =>
    wholeTokens(name, samplerOf(name, laws[name], uniformStream(seed, name)));
  return { prompt: drawn('prompt_tokens'), output: drawn('output_tokens') };
}

function wholeTokens(name: string, sample: Sampler): Sampler {
  return () => {
    const count = sample();
    // Token counts are kept in 32 bits.
    if ((count | 0) !== count || count < 1) throw noTokens(name, count);
    return count;
  };
}

function noTokens(name: string, count: number): RangeError {
  return new RangeError(`${name} must give whole numbers from 1 to ${2 ** 31 - 1}, gave ${count}`);
}
