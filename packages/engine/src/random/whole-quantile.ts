/**
 * ⌊quantile(u)⌋ of a smooth law at a third of the cost of the quantile, and never another number.
 * Knows no law and no tokens.
 *
 * (0, 1) is cut into cells, in each of which a cubic through four Chebyshev points stands for the quantile. How far it
 * is off is measured between these points, four times that taken as its margin. Where a whole number lies within the
 * margin, and in the two outermost cells, where quantiles may have poles, the quantile itself decides.
 */
type Quantile = (u: number) => number;

const CELLS = 256;
/** Four coefficients and the margin. */
const STRIDE = 5;
const NODES: readonly number[] = [1, 3, 5, 7].map((odd) => (1 - Math.cos((odd * Math.PI) / 8)) / 2);
/** The farthest points between the nodes, and a few more. */
const CHECKS: readonly number[] = [0, 0.07, 0.1464, 0.25, 0.375, 0.5, 0.625, 0.75, 0.8536, 0.93, 1];
/** Share of a value that the rounding of a cubic, or a seam within the quantile, may be off. */
const ROUNDING = 2 ** -40;
/** Nothing is farther from a whole number. */
const NEVER = 1;

/** The whole part of a quantile that is smooth on (0, 1). */
export function wholeQuantile(quantile: Quantile): Quantile {
  const cells = tabulate(quantile);
  return (u) => {
    const at = u * CELLS;
    const cell = Math.floor(at);
    const t = at - cell;
    const base = STRIDE * cell;
    const value =
      (cells[base] ?? 0) +
      t * ((cells[base + 1] ?? 0) + t * ((cells[base + 2] ?? 0) + t * (cells[base + 3] ?? 0)));
    const whole = Math.floor(value);
    const beyond = value - whole;
    const margin = cells[base + 4] ?? NEVER;
    return beyond > margin && beyond < 1 - margin ? whole : Math.floor(quantile(u));
  };
}

function tabulate(quantile: Quantile): Float64Array {
  const cells = new Float64Array(STRIDE * CELLS).fill(NEVER);
  for (let cell = 1; cell < CELLS - 1; cell++) {
    const inCell: Quantile = (t) => quantile((cell + t) / CELLS);
    const cubic = cubicThrough(NODES.map((t) => [t, inCell(t)]));
    const off = CHECKS.map((t) => Math.abs(valueAt(cubic, t) - inCell(t)));
    const margin = 4 * Math.max(...off) + ROUNDING * Math.abs(inCell(1));
    cells.set([...cubic, Math.min(margin, NEVER)], STRIDE * cell);
  }
  return cells;
}

function valueAt(cubic: readonly number[], t: number): number {
  return cubic.reduceRight((sum, coefficient) => coefficient + t * sum, 0);
}

/** Coefficients, constant first, of the cubic through four points: Newton's divided differences, multiplied out. */
function cubicThrough(points: ReadonlyArray<readonly [t: number, value: number]>): number[] {
  const times = points.map(([t]) => t);
  let differences = points.map(([, value]) => value);
  let basis = [1];
  const sum = [0, 0, 0, 0];
  for (const [order, time] of times.entries()) {
    for (const [power, coefficient] of basis.entries())
      sum[power] = (sum[power] ?? 0) + coefficient * (differences[0] ?? 0);
    basis = [0, ...basis].map((shifted, power) => shifted - time * (basis[power] ?? 0));
    differences = differences
      .slice(1)
      .map((value, i) => (value - (differences[i] ?? 0)) / ((times[i + order + 1] ?? 0) - (times[i] ?? 0)));
  }
  return sum;
}
