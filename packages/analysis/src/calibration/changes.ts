/**
 * Who begins and who ends to decode at each instant of a run. Knows no step times.
 */

/** Requests by instant, one instant after the other. */
interface ByInstant {
  /** Where those of each instant begin in `requests`, and the end of the last. */
  readonly offsets: Int32Array;
  readonly requests: Int32Array;
}

export interface Changes {
  /** Who has its first token at each instant, with another to come. */
  readonly starting: ByInstant;
  /** Who has its last token there. */
  readonly ending: ByInstant;
  /** How many decode between each instant and the one before. */
  readonly decoding: Int32Array;
}

/**
 * @param first - the instant of the first token of each request
 * @param last - that of its last token
 */
export function changesOf(instants: number, first: Int32Array, last: Int32Array): Changes {
  const decodes = (request: number): boolean => (last[request] ?? 0) > (first[request] ?? 0);
  const starting = byInstant(instants, first, decodes);
  const ending = byInstant(instants, last, decodes);
  const decoding = new Int32Array(instants);
  for (let at = 1; at < instants; at++) {
    decoding[at] = (decoding[at - 1] ?? 0) + countAt(starting, at - 1) - countAt(ending, at - 1);
  }
  return { starting, ending, decoding };
}

/** In each instant in the order of the requests. */
function byInstant(instants: number, at: Int32Array, counts: (request: number) => boolean): ByInstant {
  const offsets = new Int32Array(instants + 1);
  for (let request = 0; request < at.length; request++) {
    const next = (at[request] ?? 0) + 1;
    if (counts(request)) offsets[next] = (offsets[next] ?? 0) + 1;
  }
  for (let i = 1; i <= instants; i++) offsets[i] = (offsets[i] ?? 0) + (offsets[i - 1] ?? 0);
  const requests = new Int32Array(offsets[instants] ?? 0);
  const free = offsets.slice();
  for (let request = 0; request < at.length; request++) {
    const instant = at[request] ?? 0;
    if (!counts(request)) continue;
    const place = free[instant] ?? 0;
    requests[place] = request;
    free[instant] = place + 1;
  }
  return { offsets, requests };
}

function countAt({ offsets }: ByInstant, at: number): number {
  return (offsets[at + 1] ?? 0) - (offsets[at] ?? 0);
}
