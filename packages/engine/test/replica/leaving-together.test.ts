/** Requests that leave a replica in the same step all reach what stands behind the pool, also the last ones of a run. */
import { map } from 'rxjs';
import { expect, it } from 'vitest';
import { batchedMonolithic, simulate } from '../../src/index.ts';
import { roundReplica } from '../transfer/clusters.ts';

it('the flow ends with the last of them, not with the first', () => {
  const ids: number[] = [];
  const { report } = simulate({
    workload: { kind: 'replay', arrival_s: [0, 0, 0], prompt_tokens: [9, 9, 9], output_tokens: [4, 4, 4] },
    architecture: {
      mode: 'mono',
      flow: (arrivals, site) => {
        const served = batchedMonolithic({ replicas: 1, replica: roundReplica }).flow(arrivals, site);
        const noted = (slot: number): number => {
          ids.push(site.requests.id[slot] ?? -1);
          return slot;
        };
        return served.pipe(map(noted));
      },
    },
  });
  expect(ids).toEqual([0, 1, 2]);
  expect(report.outcomes).toEqual({ arrivals: 3, completed: 3, rejected: 0, in_flight: 0 });
});
