/**
 * An architecture that turns requests away: one pool whose queue holds only so many.
 */
import { type Architecture, type MonolithicCluster, prefillAndDecodeWork, servedBy } from '@llmsim/engine';
import { filter } from 'rxjs';

export function boundedQueue(cluster: MonolithicCluster, longest_queue: number): Architecture {
  const work = prefillAndDecodeWork(cluster.prefill_tokens_per_s, cluster.decode_tokens_per_s);
  return {
    mode: 'bounded_queue',
    flow: (arrivals, site) => {
      const pool = site.pool({ name: 'gpu', gpus: cluster.num_gpus, work });
      return arrivals.pipe(
        filter((slot) => {
          const { busy, waiting } = pool;
          const hasRoom = busy < pool.gpus || waiting < longest_queue;
          if (!hasRoom) site.reject(slot);
          return hasRoom;
        }),
        servedBy(pool),
      );
    },
  };
}
