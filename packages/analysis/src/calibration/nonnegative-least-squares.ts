/**
 * Least squares with no coefficient below zero, for few unknowns.
 * Knows no step times.
 *
 * The best one is the ordinary solution for some set of unknowns, with the others at 0. With n unknowns there are 2ⁿ
 * such sets, and for n = 5 trying all is quicker than being clever. What is the best can be seen from the solution
 * itself (Karush, Kuhn and Tucker): so a guess that holds is taken at once.
 */

/** Normal equations of weighted rows: `gram` is AᵀA row by row, `moment` is Aᵀy. */
export class NormalEquations {
  readonly size: number;
  readonly gram: Float64Array;
  readonly moment: Float64Array;

  constructor(size: number) {
    this.size = size;
    this.gram = new Float64Array(size * size);
    this.moment = new Float64Array(size);
  }

  /** Adds a row; takes it out again with weight −1. */
  add(row: ArrayLike<number>, value: number, weight = 1): void {
    const { size, gram, moment } = this;
    for (let i = 0; i < size; i++) {
      const scaled = weight * (row[i] ?? 0);
      moment[i] = (moment[i] ?? 0) + scaled * value;
      for (let j = 0; j < size; j++) {
        const at = i * size + j;
        gram[at] = (gram[at] ?? 0) + scaled * (row[j] ?? 0);
      }
    }
  }

  copy(): NormalEquations {
    const copy = new NormalEquations(this.size);
    copy.gram.set(this.gram);
    copy.moment.set(this.moment);
    return copy;
  }
}

/** Share of a column that must be its own: below, it is a combination of the others. */
const OWN_SHARE = 1e-9;
/** Rounding of a gradient that should be 0, as a share of what it is the difference of. */
const ROUNDING = 1e-9;

/**
 * The solution with x ≥ 0; C. L. Lawson and R. J. Hanson, "Solving Least Squares Problems" (1974), chapter 23.
 *
 * @param guess - unknowns that may be above 0, as bits; tried first
 */
export function nonnegative(
  equations: NormalEquations,
  guess: number = (1 << equations.size) - 1,
): Float64Array {
  const first = solutionFor(equations, guess);
  if (first !== null && isBest(equations, first)) return first;
  let best: Float64Array = new Float64Array(equations.size);
  let least = 0;
  for (let set = 1; set < 1 << equations.size; set++) {
    const x = solutionFor(equations, set);
    if (x === null) continue;
    const cost = costOf(equations, x);
    if (cost < least) [best, least] = [x, cost];
  }
  return best;
}

/** Unknowns above 0, as bits. */
export function support(x: ArrayLike<number>): number {
  return Array.from(x).reduce((set, value, i) => (value > 0 ? set | (1 << i) : set), 0);
}

/** The ordinary solution for the unknowns in `set`; null when they depend on one another or one is below 0. */
function solutionFor({ size, gram, moment }: NormalEquations, set: number): Float64Array | null {
  const free = Array.from({ length: size }, (_, i) => i).filter((i) => set & (1 << i));
  const lengths = free.map((i) => Math.sqrt(gram[i * size + i] ?? 0));
  if (lengths.includes(0)) return null;
  // Columns of length 1, so that one threshold does for seconds and tokens.
  const matrix = free.map((i, r) =>
    free.map((j, c) => (gram[i * size + j] ?? 0) / ((lengths[r] ?? 1) * (lengths[c] ?? 1))),
  );
  const values = solveSymmetric(
    matrix,
    free.map((i, r) => (moment[i] ?? 0) / (lengths[r] ?? 1)),
  );
  if (values === null || values.some((value) => value < 0)) return null;
  const x = new Float64Array(size);
  free.forEach((i, r) => {
    x[i] = (values[r] ?? 0) / (lengths[r] ?? 1);
  });
  return x;
}

/** Elimination without pivoting, which a matrix of products of columns does not need; null when it is singular. */
function solveSymmetric(matrix: number[][], right: number[]): number[] | null {
  const n = right.length;
  for (let c = 0; c < n; c++) {
    const pivot = matrix[c]?.[c] ?? 0;
    if (pivot <= OWN_SHARE) return null;
    for (let r = c + 1; r < n; r++) {
      const row = matrix[r] ?? [];
      const share = (row[c] ?? 0) / pivot;
      for (let k = c; k < n; k++) row[k] = (row[k] ?? 0) - share * (matrix[c]?.[k] ?? 0);
      right[r] = (right[r] ?? 0) - share * (right[c] ?? 0);
    }
  }
  for (let r = n - 1; r >= 0; r--) {
    for (let k = r + 1; k < n; k++) right[r] = (right[r] ?? 0) - (matrix[r]?.[k] ?? 0) * (right[k] ?? 0);
    right[r] = (right[r] ?? 0) / (matrix[r]?.[r] ?? 1);
  }
  return right;
}

/** Whether raising an unknown that is 0 would not help. */
function isBest({ size, gram, moment }: NormalEquations, x: Float64Array): boolean {
  for (let i = 0; i < size; i++) {
    if ((x[i] ?? 0) > 0) continue;
    let fitted = 0;
    for (let j = 0; j < size; j++) fitted += (gram[i * size + j] ?? 0) * (x[j] ?? 0);
    const wanted = moment[i] ?? 0;
    if (wanted - fitted > ROUNDING * Math.abs(wanted)) return false;
  }
  return true;
}

/** The sum of squares, less what no x changes. */
function costOf({ size, gram, moment }: NormalEquations, x: Float64Array): number {
  let cost = 0;
  for (let i = 0; i < size; i++) {
    for (let j = 0; j < size; j++) cost += (x[i] ?? 0) * (x[j] ?? 0) * (gram[i * size + j] ?? 0);
    cost -= 2 * (x[i] ?? 0) * (moment[i] ?? 0);
  }
  return cost;
}
