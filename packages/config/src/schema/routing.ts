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
] as const;

/** How a replica is chosen. */
export type Routing = (typeof ROUTINGS)[number];

export const routingKeys = {
  routing: z.enum(ROUTINGS).default('round_robin').meta({
    description:
      'Which replica a request goes to: each in turn, any, the one with fewest requests or tokens under way, the better of two drawn ones, or that of its session.',
  }),
  routing_refresh_s: notNegative().default(0).meta({
    description: 'Age of what the router knows of the replicas, seconds: 0 sees every change at once.',
  }),
};

interface Written {
  readonly routing: Routing;
  readonly routing_refresh_s: number;
}

/** Two routings look at no replica: old news cannot matter to them. */
export const newsMatter: z.core.$ZodCheck<Written> = rule(
  ['routing', 'routing_refresh_s'],
  ({ routing, routing_refresh_s }: Written) =>
    routing_refresh_s === 0 || !(routing === 'round_robin' || routing === 'random')
      ? null
      : {
          blame: 'routing_refresh_s',
          message: `routing_refresh_s has no effect: ${routing} looks at no replica`,
          fix: 'Remove routing_refresh_s, or write routing: least_outstanding.',
        },
);
