/**
 * An architecture of one's own with continuous batching: long prompts are prefilled on the last replica alone, and
 * nobody is admitted while too many wait.
 */
import {
  type Architecture,
  batchedBy,
  betweenPools,
  type KvLink,
  leastOutstanding,
  type ReplicaSpec,
  type RoutingPolicy,
  transferredOver,
} from '@llmsim/engine';
import { filter } from 'rxjs';

export interface LongPromptsApart {
  readonly prefill_replicas: number;
  readonly decode_replicas: number;
  readonly replica: ReplicaSpec;
  readonly link: KvLink;
  /** Prompts of at most so many tokens are short. */
  readonly longest_short_prompt: number;
  /** Requests that may wait for prefill. */
  readonly longest_queue: number;
}

/** A router sees its own books and the prompt, never the length of the answer. */
function byPrompt(longest_short_prompt: number): RoutingPolicy {
  const leastLoaded = leastOutstanding();
  return (replicas, request, random) => {
    const last = replicas.length - 1;
    if (request.prompt_tokens > longest_short_prompt) return last;
    return last === 0 ? 0 : leastLoaded(replicas.slice(0, last), request, random);
  };
}

export function longPromptsApart(cluster: LongPromptsApart): Architecture {
  const { replica, link, longest_short_prompt, longest_queue } = cluster;
  return {
    mode: 'long_prompts_apart',
    flow: (arrivals, site) => {
      const prefill = site.replicas({
        name: 'prefill',
        replicas: cluster.prefill_replicas,
        replica,
        stage: 'prefill',
        routing: byPrompt(longest_short_prompt),
      });
      const decode = site.replicas({
        name: 'decode',
        replicas: cluster.decode_replicas,
        replica,
        stage: 'decode',
        routing: leastOutstanding(),
      });
      return arrivals.pipe(
        filter((slot) => {
          const hasRoom = prefill.waiting < longest_queue;
          if (!hasRoom) site.reject(slot);
          return hasRoom;
        }),
        batchedBy(prefill),
        transferredOver(link, site, betweenPools(prefill, decode, site)),
        batchedBy(decode),
      );
    },
  };
}
