/**
 * A metric of one's own: minute by minute, the share of first tokens that came late.
 */
import type { Simulation } from '@llmsim/engine';
import { bufferTime, map, type Observable } from 'rxjs';

export interface SlowShare {
  /** The minute begins here, seconds of virtual time. */
  readonly from_s: number;
  readonly first_tokens: number;
  /** Share of them with a TTFT above the limit, null when there were none. */
  readonly slow_share: number | null;
}

/** Subscribe before the run begins. */
export function slowShare({ events, clock }: Simulation, limit_s = 1, every_s = 60): Observable<SlowShare> {
  return events.firstTokens.pipe(
    map(({ time_s, arrival_s }) => time_s - arrival_s),
    bufferTime(every_s, clock),
    map((ttfts, minute) => ({
      from_s: minute * every_s,
      first_tokens: ttfts.length,
      slow_share:
        ttfts.length === 0 ? null : ttfts.filter((ttft_s) => ttft_s > limit_s).length / ttfts.length,
    })),
  );
}
