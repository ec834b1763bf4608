/** Where a label covers no other, and as little else as it can. Knows no chart. */

/** Pixels, from the top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Of the `places` that touch none of `taken` the one that covers least, of several such the first; the first of all
 * where none is free. `covered` says how much a place covers, 0 for nothing.
 */
export function firstFree(
  places: readonly Box[],
  taken: readonly Box[],
  covered: (place: Box) => number = () => 0,
): Box | undefined {
  let [best, least] = [places[0], Number.POSITIVE_INFINITY];
  for (const place of places) {
    if (taken.some((other) => overlap(place, other))) continue;
    const much = covered(place);
    if (much < least) [best, least] = [place, much];
    if (much === 0) break;
  }
  return best;
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
