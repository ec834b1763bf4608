/**
 * Requests entering a run: a cold Observable with one pending arrival, drawn or read when the one before has come.
 * Knows no pools and no architecture. Arrivals at or after the end of the run do not exist.
 */
import { Observable, type Subscriber } from 'rxjs';
import type { Site } from '../architectures/architecture.ts';
import type { Workload } from '../plan.ts';
import type { RequestSlot } from '../records/request-table.ts';
import { Phase } from '../time/phases.ts';
import { generatedSource } from './generated.ts';
import { replaySource } from './replay.ts';
import type { RequestSource } from './request-source.ts';

/**
 * The requests of a workload as slots on a site; `arrived` counts them.
 *
 * @throws Error on a second subscription: every request exists once; use `share()` to fork the flow.
 */
export function arrivals(
  workload: Workload,
  seed: number | string,
  site: Site,
  arrived: (time_s: number) => void,
): Observable<RequestSlot> {
  let taken = false;
  return new Observable((subscriber) => {
    if (taken) throw new Error('arrivals can be subscribed once; put share() before forking the flow');
    taken = true;
    const source = workload.kind === 'generated' ? generatedSource(workload, seed) : replaySource(workload);
    releaseOneByOne(source, site, arrived, subscriber);
  });
}

function releaseOneByOne(
  source: RequestSource,
  site: Site,
  arrived: (time_s: number) => void,
  subscriber: Subscriber<RequestSlot>,
): void {
  const { clock, requests, events, until_s } = site;
  let id = 0;
  const scheduleNext = (): boolean => {
    if (!source.advance() || source.arrival_s >= until_s) return false;
    clock.at(source.arrival_s, Phase.arrival, id, arrive, 0);
    return true;
  };
  const arrive = clock.handler(() => {
    const { arrival_s, prompt_tokens, output_tokens } = source;
    const slot = requests.admit(id, arrival_s, prompt_tokens, output_tokens);
    if (events.arrivals.observed) {
      events.arrivals.emit({
        time_s: arrival_s,
        id,
        arrival_s,
        prompt_tokens,
        output_tokens,
        pool: null,
        gpu: -1,
      });
    }
    arrived(arrival_s);
    id++;
    const more = scheduleNext();
    subscriber.next(slot);
    if (!more) subscriber.complete();
  });
  // An empty workload ends when the run starts, not while the flow is still being put together.
  if (!scheduleNext()) {
    clock.at(
      0,
      Phase.arrival,
      0,
      clock.handler(() => subscriber.complete()),
      0,
    );
  }
}
