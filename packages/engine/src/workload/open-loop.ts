/**
 * Requests that come at their own times, whatever becomes of those before: one arrival is pending, drawn or read
 * when the one before has come. Knows no pools. Arrivals at or after the end of the run do not exist.
 */
import type { RunSite } from '../run-site.ts';
import { Phase } from '../time/phases.ts';
import type { Entrance } from './entrance.ts';
import type { RequestSource } from './request-source.ts';

export function openLoop(source: RequestSource, { clock, until_s }: RunSite, entrance: Entrance): void {
  const scheduleNext = (): boolean => {
    if (!source.advance() || source.arrival_s >= until_s) return false;
    clock.beside(source.arrival_s, Phase.arrival, entrance.entered);
    return true;
  };
  clock.handlerBeside(() => {
    const { arrival_s, prompt_tokens, output_tokens, session } = source;
    const slot = entrance.admit(arrival_s, prompt_tokens, output_tokens, session);
    const more = scheduleNext();
    entrance.pass(slot);
    if (!more) entrance.close();
  });
  // An empty workload ends when the run starts, not while the flow is still being put together.
  if (!scheduleNext()) {
    clock.at(
      0,
      Phase.arrival,
      0,
      clock.handler(() => entrance.close()),
      0,
    );
  }
}
