/**
 * Requests drawn from distributions, each quantity from its own named substream.
 * Knows no clock.
 */
import type { GeneratedWorkload } from '../plan.ts';
import { uniformStream } from '../random/streams.ts';
import { drawnLengths } from './drawn-lengths.ts';
import type { RequestSource } from './request-source.ts';

export function generatedSource(workload: GeneratedWorkload, seed: number | string): RequestSource {
  const gap = workload.interarrival_s(uniformStream(seed, 'arrivals'));
  const { prompt, output } = drawnLengths(workload, seed);
  let left = workload.max_requests ?? Number.POSITIVE_INFINITY;
  return {
    arrival_s: 0,
    prompt_tokens: 0,
    output_tokens: 0,
    session: -1,
    advance() {
      if (left-- <= 0) return false;
      const seconds = gap();
      if (!(seconds >= 0))
        throw new RangeError(`interarrival_s must give seconds of at least 0, gave ${seconds}`);
      this.arrival_s += seconds;
      this.prompt_tokens = prompt();
      this.output_tokens = output();
      return this.arrival_s < Number.POSITIVE_INFINITY;
    },
  };
}
