/** Monolithic serving: one pool; a request holds its GPU for prefill and decode. */
import { servedBy } from '../pool/served-by.ts';
import { prefillAndDecodeWork } from '../pool/work.ts';
import type { Architecture } from './architecture.ts';

export interface MonolithicCluster {
  readonly num_gpus: number;
  /** Prompt tokens a second and GPU. */
  readonly prefill_tokens_per_s: number;
  /** Output tokens a second and GPU. */
  readonly decode_tokens_per_s: number;
}

/**
 * One pool `gpu` of `num_gpus`, FIFO.
 *
 * @example
 * simulate({ ...plan, architecture: monolithic({ num_gpus: 4, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }) });
 */
export function monolithic(cluster: MonolithicCluster): Architecture {
  const work = prefillAndDecodeWork(cluster.prefill_tokens_per_s, cluster.decode_tokens_per_s);
  return {
    mode: 'mono',
    flow: (arrivals, site) =>
      arrivals.pipe(servedBy(site.pool({ name: 'gpu', gpus: cluster.num_gpus, work }))),
  };
}
