/**
 * The keys of a replica that say which KV it need not compute: prefixes it keeps, requests it swaps to the host.
 */
import * as z from 'zod';
import { count, notNegative, positive } from './quantities.ts';
import { type Broken, rule } from './rule.ts';

const hostLinkSchema = z.strictObject({
  latency_s: notNegative().default(0).meta({
    description: 'Time before the first byte of a copy arrives, seconds.',
  }),
  bandwidth_bytes_per_s: positive().meta({
    description: 'Bytes per second between the GPUs of a replica and its host.',
    examples: [25e9],
  }),
  kv_bytes_per_token: positive()
    .optional()
    .meta({
      description: 'KV cache of one token, bytes; absent: that of the model that the replica names.',
      examples: [131072],
    }),
});

export const kvReuseKeys = {
  enable_prefix_caching: z.boolean().default(false).meta({
    description:
      'Keep the KV blocks of prompts for requests that begin alike; needs a trace with hash ids to find any.',
  }),
  preemption: z.enum(['recompute', 'swap']).default('recompute').meta({
    description:
      'What a preempted request does with its KV: compute it again, or copy it to the host and back.',
  }),
  host_link: hostLinkSchema.optional().meta({
    description: 'With preemption: swap, the link to the memory of the host.',
    examples: [{ bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131072 }],
  }),
  host_blocks: count()
    .optional()
    .meta({
      description:
        'With preemption: swap, KV blocks that the host holds; a request without room there is recomputed. Absent: any number.',
      examples: [4000],
    }),
};

type Swapping = {
  readonly preemption: 'recompute' | 'swap';
  readonly host_link?: unknown;
  readonly host_blocks?: number | undefined;
};

export const swapsOverALink: z.core.$ZodCheck<Swapping> = rule(
  ['preemption', 'host_link', 'host_blocks'],
  ({ preemption, host_link, host_blocks }: Swapping): Broken<keyof Swapping> | null => {
    if (preemption === 'swap') {
      if (host_link !== undefined) return null;
      const fix = 'Add host_link: {bandwidth_bytes_per_s: 25.0e9}, or write preemption: recompute.';
      return { blame: 'preemption', message: 'preemption: swap needs a host_link', fix };
    }
    const blame = host_link !== undefined ? 'host_link' : host_blocks !== undefined ? 'host_blocks' : null;
    if (blame === null) return null;
    const fix = `Write preemption: swap beside it, or remove ${blame}.`;
    return { blame, message: `${blame} counts with preemption: swap only`, fix };
  },
);
