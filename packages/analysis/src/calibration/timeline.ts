/**
 * Requests whose token times somebody measured, on one axis of instants at which engine steps ended.
 * Knows no files and no step times.
 */

import { type Changes, changesOf } from './changes.ts';

/** A request of one engine as a client or a log saw it; instants on any clock that all requests of the run share. */
export interface TimedRequest {
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  readonly first_token_s: number;
  readonly completed_s: number;
}

/** The requests of one run, ready to be counted again and again. */
export interface Timeline {
  readonly requests: readonly TimedRequest[];
  /** Ends of steps in ascending order. */
  readonly instants: Float64Array;
  /** For each request, the index of the instant of its first token. */
  readonly first: Int32Array;
  /** For each request, the index of the instant of its last token. */
  readonly last: Int32Array;
  readonly changes: Changes;
}

/** Instants this close, as a share of the shortest mean gap between tokens, belong to one step. */
const SAME_STEP = 0.25;

/** Puts the requests of one run on a common axis. */
export function timeline(requests: readonly TimedRequest[]): Timeline {
  let shortest_s = Number.POSITIVE_INFINITY;
  for (const { output_tokens, first_token_s, completed_s } of requests) {
    if (output_tokens > 1)
      shortest_s = Math.min(shortest_s, (completed_s - first_token_s) / (output_tokens - 1));
  }
  const near_s = Number.isFinite(shortest_s) ? SAME_STEP * shortest_s : 0;
  const times = Float64Array.from(requests.flatMap((each) => [each.first_token_s, each.completed_s])).sort();
  const ends: number[] = [];
  for (const time of times) if (time - (ends.at(-1) ?? Number.NEGATIVE_INFINITY) > near_s) ends.push(time);
  const instants = Float64Array.from(ends);
  const first = Int32Array.from(requests, ({ first_token_s }) => lastAtOrBefore(instants, first_token_s));
  const last = Int32Array.from(requests, ({ completed_s }) => lastAtOrBefore(instants, completed_s));
  return { requests, instants, first, last, changes: changesOf(instants.length, first, last) };
}

function lastAtOrBefore(ascending: Float64Array, time: number): number {
  let low = 0;
  let high = ascending.length;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((ascending[middle] ?? 0) <= time) low = middle;
    else high = middle;
  }
  return low;
}
