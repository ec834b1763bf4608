/**
 * Requests drawn from distributions, each quantity from its own named substream.
 * Knows no clock.
 */
import type { GeneratedWorkload } from '../plan.ts';
import type { Sampler } from '../random/distribution.ts';
import { uniformStream } from '../random/streams.ts';
import type { RequestSource } from './request-source.ts';

export function generatedSource(workload: GeneratedWorkload, seed: number | string): RequestSource {
  const gap = workload.interarrival_s(uniformStream(seed, 'arrivals'));
  const prompt = workload.prompt_tokens(uniformStream(seed, 'prompt_tokens'));
  const output = workload.output_tokens(uniformStream(seed, 'output_tokens'));
  let left = workload.max_requests ?? Number.POSITIVE_INFINITY;
  return {
    arrival_s: 0,
    prompt_tokens: 0,
    output_tokens: 0,
    advance() {
      if (left-- <= 0) return false;
      const seconds = gap();
      if (!(seconds >= 0))
        throw new RangeError(`interarrival_s must give seconds of at least 0, gave ${seconds}`);
      this.arrival_s += seconds;
      this.prompt_tokens = wholeTokens('prompt_tokens', prompt);
      this.output_tokens = wholeTokens('output_tokens', output);
      return this.arrival_s < Number.POSITIVE_INFINITY;
    },
  };
}

function wholeTokens(name: string, sample: Sampler): number {
  const count = sample();
  if (!(count >= 1 && count <= MOST_TOKENS && count === Math.floor(count))) {
    throw new RangeError(`${name} must give whole numbers from 1 to ${MOST_TOKENS}, gave ${count}`);
  }
  return count;
}

/** Token counts are kept in 32 bits. */
const MOST_TOKENS = 2 ** 31 - 1;
