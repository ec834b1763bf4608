/** Where curves run on a drawn chart. Knows no label. */
import type { Box } from './free-place.ts';

/** So far strokes and marks reach from the points they go through. */
const REACH_PX = 4;

interface Place {
  readonly x: number;
  readonly y: number;
}

interface Dataset {
  readonly data: unknown;
  readonly showLine?: unknown;
  readonly stepped?: unknown;
}

/** What of chart.js's chart tells where its curves run. */
interface Drawn {
  readonly data: { readonly datasets: readonly Dataset[] };
  getSortedVisibleDatasetMetas(): ReadonlyArray<{ readonly index: number; readonly data: readonly Place[] }>;
}

/** How many strokes of curves, marks and edges of bands come into `box`. */
export function strokesIn(chart: Drawn, box: Box): number {
  let strokes = 0;
  const stroke = (from: Place, to: Place): void => {
    if (comesInto(box, from, to)) strokes++;
  };
  for (const { index, data } of chart.getSortedVisibleDatasetMetas()) {
    const { showLine = true, stepped = false }: Partial<Dataset> = chart.data.datasets[index] ?? {};
    let before: Place | null = null;
    for (const { x, y } of data) {
      const here = { x, y };
      if (before === null || !showLine) stroke(here, here);
      else if (stepped === false) stroke(before, here);
      else {
        const corner = { x, y: before.y };
        stroke(before, corner);
        stroke(corner, here);
      }
      before = here;
    }
  }
  return strokes;
}

/** Whether the straight line from `from` to `to`, which is not left of it, comes near the box; a gap at an end does not. */
function comesInto({ x, y, width, height }: Box, from: Place, to: Place): boolean {
  const [left, right] = [Math.max(from.x, x - REACH_PX), Math.min(to.x, x + width + REACH_PX)];
  if (!(left <= right)) return false;
  const heightAt = (at: number): number => from.y + ((at - from.x) / (to.x - from.x)) * (to.y - from.y);
  const [one, other] = to.x > from.x ? [heightAt(left), heightAt(right)] : [from.y, to.y];
  return Math.min(one, other) <= y + height + REACH_PX && Math.max(one, other) >= y - REACH_PX;
}
