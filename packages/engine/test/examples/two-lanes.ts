/**
 * An architecture of one's own: two lanes, so that a long prompt never stands before a short one.
 */
import { type Architecture, prefillAndDecodeWork, servedBy } from '@llmsim/engine';
import { merge, partition, share } from 'rxjs';

export interface TwoLanes {
  /** Prompts longer than this take the long lane, tokens. */
  readonly longest_short_prompt: number;
  readonly short_gpus: number;
  readonly long_gpus: number;
  readonly prefill_tokens_per_s: number;
  readonly decode_tokens_per_s: number;
}

export function twoLanes(lanes: TwoLanes): Architecture {
  const work = prefillAndDecodeWork(lanes.prefill_tokens_per_s, lanes.decode_tokens_per_s);
  return {
    mode: 'two_lanes',
    flow: (arrivals, site) => {
      const isShort = (slot: number): boolean =>
        (site.requests.prompt_tokens[slot] ?? 0) <= lanes.longest_short_prompt;
      const [short, long] = partition(arrivals.pipe(share()), isShort);
      return merge(
        short.pipe(servedBy(site.pool({ name: 'short', gpus: lanes.short_gpus, work }))),
        long.pipe(servedBy(site.pool({ name: 'long', gpus: lanes.long_gpus, work }))),
      );
    },
  };
}
