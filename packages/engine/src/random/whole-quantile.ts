/**
 * ⌊quantile(u)⌋ of a smooth law at a third of the cost of the quantile, and never another number.
 * Knows no law and no tokens.
 *
 * (0, 1) is cut into cells, in each of which a cubic through four Chebyshev points stands for the quantile. How far it
 * is off is measured between these points, four times that taken as its margin. Where a whole number lies within the
 * margin, and in the two outermost cells, where quantiles may have poles, the quantile itself decides. A table is made
 * when as many values have been drawn as it takes: few draws are cheaper without.
 */
type Quantile = (u: number) => number;

const CELLS = 256;
/** Four coefficients and the margin. */
const STRIDE = 5;
/** Chebyshev points of (0, 1). */
const NODES = [nodeAt(1), nodeAt(3), nodeAt(5), nodeAt(7)] as const;
const [T0, T1, T2, T3] = NODES;
/** The farthest points between the nodes, and a few more. */
const CHECKS: readonly number[] = [0, 0.07, 0.1464, 0.25, 0.375, 0.5, 0.625, 0.75, 0.8536, 0.93, 1];
/** Where quantiles are taken in a cell; the last is its end. */
const POINTS: readonly number[] = [...NODES, ...CHECKS];
/** Share of a value that the rounding of a cubic, or a seam within the quantile, may be off. */
const ROUNDING = 2 ** -40;
/** Nothing is farther from a whole number. */
const NEVER = 1;
/** Quantiles that a table takes. */
const COST = CELLS * POINTS.length;

/** The whole part of a quantile that is smooth on (0, 1). */
export class WholeQuantile {
  readonly #quantile: Quantile;
  #cells: Float64Array | null = null;
  #drawn = 0;

  constructor(quantile: Quantile) {
    this.#quantile = quantile;
  }

  at(u: number): number {
    const cells = this.#cells ?? this.#counted();
    if (cells === null) return Math.floor(this.#quantile(u));
    const place = u * CELLS;
    const cell = place & (CELLS - 1);
    const t = place - cell;
    const base = STRIDE * cell;
    const value =
      (cells[base] ?? 0) +
      t * ((cells[base + 1] ?? 0) + t * ((cells[base + 2] ?? 0) + t * (cells[base + 3] ?? 0)));
    const whole = Math.floor(value);
    const beyond = value - whole;
    const margin = cells[base + 4] ?? NEVER;
    return beyond > margin && beyond < 1 - margin ? whole : Math.floor(this.#quantile(u));
  }

  /** Counts a value drawn without a table, which is made when there are enough. */
  #counted(): Float64Array | null {
    if (this.#drawn++ >= COST) this.#cells = tabulate(this.#quantile);
    return this.#cells;
  }
}

function nodeAt(odd: number): number {
  return (1 - Math.cos((odd * Math.PI) / 8)) / 2;
}

/** Every quantile is taken at one place in a loop: what the compiler puts in place of a call is large. */
function tabulate(quantile: Quantile): Float64Array {
  const cells = new Float64Array(STRIDE * CELLS).fill(NEVER);
  const values = new Float64Array(POINTS.length);
  for (let cell = 1; cell < CELLS - 1; cell++) {
    POINTS.forEach((t, point) => {
      values[point] = quantile((cell + t) / CELLS);
    });
    const [v0 = 0, v1 = 0, v2 = 0, v3 = 0] = values;
    // The cubic through four points: Newton's divided differences …
    const d01 = (v1 - v0) / (T1 - T0);
    const d12 = (v2 - v1) / (T2 - T1);
    const d23 = (v3 - v2) / (T3 - T2);
    const d012 = (d12 - d01) / (T2 - T0);
    const d123 = (d23 - d12) / (T3 - T1);
    const d0123 = (d123 - d012) / (T3 - T0);
    // … multiplied out, constant first.
    const c0 = v0 - T0 * (d01 - T1 * (d012 - T2 * d0123));
    const c1 = d01 - (T0 + T1) * d012 + (T0 * T1 + T0 * T2 + T1 * T2) * d0123;
    const c2 = d012 - (T0 + T1 + T2) * d0123;
    let off = 0;
    for (let point = NODES.length; point < POINTS.length; point++) {
      const t = POINTS[point] ?? 0;
      const value = c0 + t * (c1 + t * (c2 + t * d0123));
      off = Math.max(off, Math.abs(value - (values[point] ?? 0)));
    }
    const base = STRIDE * cell;
    cells[base] = c0;
    cells[base + 1] = c1;
    cells[base + 2] = c2;
    cells[base + 3] = d0123;
    cells[base + 4] = Math.min(4 * off + ROUNDING * Math.abs(values.at(-1) ?? 0), NEVER);
  }
  return cells;
}
