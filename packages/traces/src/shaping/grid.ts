/**
 * Finds the grid that timestamps lie on, if they do. Knows no formats.
 */

/** Fewer distinct times than this prove nothing. */
const FEWEST_TIMES = 8;
/** Arrivals that share their time with the one before, as a part of all, from which on a grid matters. */
const SHARED = 0.1;
/** Gaps that are whole cells, as a part of all gaps, and by how much of a cell each may miss. */
const ON_GRID = 0.9;
const TOLERANCE = 0.01;

/**
 * The cell of the time grid in seconds, or null: many arrivals share their time with another, and nearly all gaps
 * between distinct times are whole multiples of one cell (within 1 %, since recorders wobble).
 * Such arrivals replayed as they are come in bursts that never happened.
 */
export function timeGrid(arrival_s: Float64Array): number | null {
  const gaps = distinctGaps(arrival_s);
  if (gaps.length + 1 < FEWEST_TIMES) return null;
  if (arrival_s.length - gaps.length - 1 < SHARED * arrival_s.length) return null;
  gaps.sort();
  // The smallest gap that is not an outlier is a cell, roughly; the median over gaps of one cell is the cell.
  const rough = gaps[Math.floor(0.05 * gaps.length)] ?? 0;
  const single = gaps.filter((gap) => gap < 1.5 * rough);
  const cell = single[Math.floor(single.length / 2)] ?? rough;
  const onGrid = gaps.filter((gap) => Math.abs(gap / cell - Math.round(gap / cell)) <= TOLERANCE);
  return onGrid.length >= ON_GRID * gaps.length ? cell : null;
}

/** Gaps between one distinct time and the next. */
function distinctGaps(arrival_s: Float64Array): Float64Array {
  const gaps = new Float64Array(Math.max(arrival_s.length - 1, 0));
  let count = 0;
  for (let i = 1; i < arrival_s.length; i++) {
    const gap = (arrival_s[i] ?? 0) - (arrival_s[i - 1] ?? 0);
    if (gap > 0) gaps[count++] = gap;
  }
  return gaps.subarray(0, count);
}
