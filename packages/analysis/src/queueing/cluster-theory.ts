/** What queueing theory says of any cluster under any workload, or why it says nothing. Knows no formula. */
import type { DisaggregatedCluster, MonolithicCluster, Workload } from '@llmsim/engine';
import { type TokenRateTheory, tokenRateTheory } from './token-rate-theory.ts';

/** A cluster of the token-rate model, or one whose replicas batch step by step. */
export type TheoryCluster =
  | { readonly model: 'steps' }
  | (MonolithicCluster & { readonly model?: 'token_rate' | undefined })
  | (Omit<DisaggregatedCluster, 'link'> & {
      readonly model?: 'token_rate' | undefined;
      readonly link?: DisaggregatedCluster['link'] | undefined;
    });

/**
 * As `tokenRateTheory` where it applies; else the reason.
 *
 * @example
 * const theory = clusterTheory(plan.workload, { model: 'steps' });
 * if (!theory.applies) theory.reason; // replicas batch requests step by step, …
 */
export function clusterTheory(workload: Workload, cluster: TheoryCluster): TokenRateTheory {
  if (workload.kind === 'replay')
    return no('the requests come from a trace, and formulas need a law of the gaps');
  if (workload.kind === 'closed_loop')
    return no('clients wait for their answers, so arrivals depend on the cluster');
  if (cluster.model === 'steps')
    return no('replicas batch requests step by step, which is no queue with fixed service times');
  if ('num_gpus' in cluster) return tokenRateTheory(workload, cluster);
  const { link, ...pools } = cluster;
  return tokenRateTheory(workload, link === undefined ? pools : { ...pools, link });
}

function no(reason: string): TokenRateTheory {
  return { applies: false, reason };
}
