/** Where a label covers no other. Knows no chart. */

/** Pixels, from the top left. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The first of `places` that touches none of `taken`; the first of all where none is free. */
export function firstFree(places: readonly Box[], taken: readonly Box[]): Box | undefined {
  return places.find((place) => !taken.some((other) => overlap(place, other))) ?? places[0];
}

function overlap(a: Box, b: Box): boolean {
  return a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;
}
