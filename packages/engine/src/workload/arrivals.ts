/**
 * Requests entering a run, as a cold Observable. The only file that knows all kinds of workloads.
 */
import { Observable } from 'rxjs';
import type { Workload } from '../plan.ts';
import type { RequestSlot } from '../records/request-table.ts';
import type { RunSite } from '../run-site.ts';
import { closedLoop } from './closed-loop.ts';
import { Entrance } from './entrance.ts';
import { generatedSource } from './generated.ts';
import { openLoop } from './open-loop.ts';
import { replaySource } from './replay.ts';

export interface Arrivals {
  /** The requests as slots. Errs on a second subscription: every request exists once; `share()` forks the flow. */
  readonly requests: Observable<RequestSlot>;
  /** To be called when a request has left the system, completed or rejected. */
  left(): void;
}

/** The requests of a workload on a site; `arrived` is told of each. */
export function arrivals(
  workload: Workload,
  seed: number | string,
  site: RunSite,
  arrived: (time_s: number) => void,
): Arrivals {
  let taken = false;
  let left = (): void => {};
  const requests = new Observable<RequestSlot>((subscriber) => {
    if (taken) throw new Error('arrivals can be subscribed once; put share() before forking the flow');
    taken = true;
    const entrance = new Entrance(site, arrived, subscriber);
    if (workload.kind === 'closed_loop') left = closedLoop(workload, seed, site.clock, entrance);
    else if (workload.kind === 'replay') openLoop(replaySource(workload), site, entrance);
    else openLoop(generatedSource(workload, seed), site, entrance);
  });
  return { requests, left: () => left() };
}
