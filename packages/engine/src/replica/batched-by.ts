/**
 * A pool of replicas as an operator on the stream of requests: route, then join the replica's batch.
 * Knows no batching: the replica does.
 */
import { type MonoTypeOperatorFunction, pipe, tap } from 'rxjs';
import { servedBy } from '../pool/served-by.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { ReplicaPool } from './replica-pool.ts';

/**
 * Requests are routed as they come, batched by their replica, and go on when it is done with them. Behind a transfer
 * with `betweenPools` they are routed already, and go where their KV went.
 *
 * @example
 * arrivals.pipe(batchedBy(site.replicas({ name: 'replica', replicas: 4, stage: 'prefill_and_decode', replica })))
 */
export function batchedBy(pool: ReplicaPool): MonoTypeOperatorFunction<RequestSlot> {
  return pipe(
    tap((slot) => {
      if (!pool.comesRouted) pool.route(slot);
    }),
    servedBy(pool),
  );
}
