/**
 * Requests of clients that each wait for an answer before they ask again, as serving benchmarks drive an engine.
 * Knows no pools: it is told when a request has left, and lets the next one in at that instant.
 */
import type { ClosedLoopWorkload } from '../plan.ts';
import { Phase } from '../time/phases.ts';
import type { VirtualClock } from '../time/virtual-clock.ts';
import { drawnLengths } from './drawn-lengths.ts';
import type { Entrance } from './entrance.ts';

/** Starts all clients at time 0 and returns what to call when a request has left the system. */
export function closedLoop(
  workload: ClosedLoopWorkload,
  seed: number | string,
  clock: VirtualClock,
  entrance: Entrance,
): () => void {
  const { concurrency, max_requests } = workload;
  const { prompt, output } = drawnLengths(workload, seed);
  const enter = clock.handler(() => {
    entrance.pass(entrance.admit(clock.now(), prompt(), output(), -1));
    if (entrance.entered === max_requests) entrance.close();
  });
  let asked = 0;
  const ask = (): void => {
    if (asked === max_requests) return;
    clock.at(clock.now(), Phase.arrival, asked++, enter, 0);
  };
  for (let client = 0; client < concurrency && client < max_requests; client++) ask();
  return ask;
}
