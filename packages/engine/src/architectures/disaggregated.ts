/** Disaggregated serving: a prefill pool, a KV transfer where a link is given, a decode pool. */
import { servedBy } from '../pool/served-by.ts';
import { decodeWork, prefillWork } from '../pool/work.ts';
import type { KvLink } from '../transfer/kv-link.ts';
import { transferredOver } from '../transfer/transferred-over.ts';
import type { Architecture } from './architecture.ts';

export interface DisaggregatedCluster {
  readonly prefill_gpus: number;
  readonly decode_gpus: number;
  /** Prompt tokens a second and prefill GPU. */
  readonly prefill_tokens_per_s: number;
  /** Output tokens a second and decode GPU. */
  readonly decode_tokens_per_s: number;
  /** Absent: the KV cache is at the decode pool the moment prefill ends. */
  readonly link?: KvLink | undefined;
}

/**
 * Two pools in tandem, `prefill` and `decode`, each FIFO by arrival at its queue.
 *
 * @example
 * simulate({
 *   ...plan,
 *   architecture: disaggregated({ prefill_gpus: 2, decode_gpus: 2, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }),
 * });
 */
export function disaggregated(cluster: DisaggregatedCluster): Architecture {
  const prefill = prefillWork(cluster.prefill_tokens_per_s);
  const decode = decodeWork(cluster.decode_tokens_per_s);
  return {
    mode: 'disagg',
    flow: (arrivals, site) =>
      arrivals.pipe(
        servedBy(site.pool({ name: 'prefill', gpus: cluster.prefill_gpus, work: prefill })),
        transferredOver(cluster.link, site),
        servedBy(site.pool({ name: 'decode', gpus: cluster.decode_gpus, work: decode })),
      ),
  };
}
