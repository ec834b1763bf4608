/**
 * The keys of a cluster that say how requests are spread over replicas. Knows no policy's inside.
 */
import * as z from 'zod';
import { notNegative } from './quantities.ts';
import { rule } from './rule.ts';

const ROUTINGS = [
  'round_robin',
  'random',
  'least_outstanding',
  'least_tokens',
  'power_of_two',
  'session',
  'prefix',
] as const;

/** How a replica is chosen. */
export type Routing = (typeof ROUTINGS)[number];

export const routingKeys = {
  routing: z.enum(ROUTINGS).default('round_robin').meta({
    description:
      'Which replica a request goes to: each in turn, any, the one with fewest requests or tokens under way, the better of two drawn ones, that of its session, or the one that has most of the prompt cached.',
  }),
  routing_refresh_s: notNegative().default(0).meta({
    description: 'Age of what the router knows of the replicas, seconds: 0 sees every change at once.',
  }),
};

/** A pool of a disaggregated cluster may be routed to in its own way. */
export const poolRoutingKeys = {
  prefill_routing: z
    .enum(ROUTINGS)
    .optional()
    .meta({ description: 'Routing of the prefill pool; absent: routing.', examples: ['least_tokens'] }),
  decode_routing: z
    .enum(ROUTINGS)
    .optional()
    .meta({ description: 'Routing of the decode pool; absent: routing.', examples: ['least_outstanding'] }),
};

interface Written {
  readonly routing: Routing;
  readonly routing_refresh_s: number;
  readonly prefill_routing?: Routing | undefined;
  readonly decode_routing?: Routing | undefined;
}

/** Looks at no replica. */
function isBlind(routing: Routing): boolean {
  return routing === 'round_robin' || routing === 'random';
}

/** Two routings look at no replica: old news cannot matter to them. */
export const newsMatter: z.core.$ZodCheck<Written> = rule(
  ['routing', 'prefill_routing', 'decode_routing', 'routing_refresh_s'],
  ({ routing, routing_refresh_s, prefill_routing = routing, decode_routing = routing }: Written) =>
    routing_refresh_s === 0 || !(isBlind(prefill_routing) && isBlind(decode_routing))
      ? null
      : {
          blame: 'routing_refresh_s',
          message: `routing_refresh_s has no effect: ${[...new Set([prefill_routing, decode_routing])].join(' and ')} ${prefill_routing === decode_routing ? 'looks' : 'look'} at no replica`,
          fix: 'Remove routing_refresh_s, or write routing: least_outstanding.',
        },
);

/** Decode replicas compute no prompts, so there is nothing cached to route by. */
export const decodeKeepsNoPrefixes: z.core.$ZodCheck<Written> = rule(
  ['decode_routing'],
  ({ decode_routing }: Pick<Written, 'decode_routing'>) =>
    decode_routing !== 'prefix'
      ? null
      : {
          blame: 'decode_routing',
          message: 'decode_routing is prefix, and decode replicas keep no prefixes',
          fix: 'Write decode_routing: least_outstanding, or prefill_routing: prefix.',
        },
);
