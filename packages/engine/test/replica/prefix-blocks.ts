/** The hash ids of a scenario's requests as a workload holds them. */
import type { ReplayWorkload } from '../../src/index.ts';
import type { Cluster, Workload } from './scenario.ts';

export function prefixBlocksOf(
  { hashed_tokens }: Cluster,
  workload: Workload,
): Pick<ReplayWorkload, 'hash_ids'> {
  if (hashed_tokens === undefined) return {};
  const offsets = new Int32Array(workload.length + 1);
  for (const [id, { hash_ids = [] }] of workload.entries())
    offsets[id + 1] = (offsets[id] ?? 0) + hash_ids.length;
  const ids = Int32Array.from(workload.flatMap(({ hash_ids = [] }) => hash_ids));
  return { hash_ids: { block_size: hashed_tokens, offsets, ids } };
}
