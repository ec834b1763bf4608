/**
 * Step times from what steps computed and how long they took, with what the data cannot tell.
 * Knows no requests and no files.
 */
import { quantile, type StepTime } from '@llmsim/engine';
import { NormalEquations, nonnegative, support } from './nonnegative-least-squares.ts';
import { COEFFICIENTS, type Coefficient, columnsOf, inOrder, type StepSums } from './step-sums.ts';

/** How far predictions lie from measurements: |predicted / measured − 1|. */
export interface FitError {
  readonly mean: number;
  readonly p99: number;
  readonly max: number;
}

/** A coefficient that the data does not determine, and why. */
export interface Unidentified {
  readonly coefficient: Coefficient;
  readonly reason: string;
}

export interface StepTimeFit {
  /** Seconds; no coefficient is below 0. */
  readonly step_time: StepTime;
  /** How much each coefficient moves when tenths of the rows, in their order, are left out (jackknife), seconds. */
  readonly standard_error: StepTime;
  readonly unidentified: readonly Unidentified[];
  /** Rows fitted. */
  readonly rows: number;
  /** Of the rows from the fit itself. */
  readonly error: FitError;
  /** Of each row from a fit without it. */
  readonly leave_one_out: FitError;
}

const GROUPS = 10;
/** A coefficient with a larger standard error, as a share of itself, is not called known. */
const LARGEST_RELATIVE_ERROR = 0.5;

/**
 * Fits step times by least squares of relative errors, no coefficient below 0.
 *
 * The standard errors come from a jackknife over `GROUPS` runs of neighbouring rows: rows that overlap in time are
 * alike, and leaving out single ones would make them look too sure. B. Efron, "The Jackknife, the Bootstrap and Other
 * Resampling Plans" (1982), chapter 3.
 *
 * @param rows - in order of time, each of them some seconds long
 * @throws RangeError when there are fewer rows than coefficients, or one that took no time.
 * @example
 * // Two sizes of batch, two lengths of context, with and without a prompt.
 * const step = (decode_seqs: number, decode_context_tokens: number, prefill_tokens: number, seconds: number) =>
 *   ({ steps: 1, decode_seqs, decode_context_tokens, prefill_tokens, prefill_attention: 0, seconds });
 * const { step_time } = fitStepTime([
 *   step(1, 100, 0, 0.01),
 *   step(9, 900, 0, 0.018),
 *   step(9, 9000, 0, 0.026),
 *   step(1, 100, 512, 0.035),
 *   step(9, 900, 512, 0.043),
 *   step(9, 9000, 512, 0.051),
 * ]);
 * step_time.prefill_token_s; // ≈ 0.0000488
 */
export function fitStepTime(rows: readonly StepSums[]): StepTimeFit {
  const features = featuresOf(rows);
  const all = equationsOf(features);
  const solution = nonnegative(all);
  const known = support(solution);
  const without = (left: ReadonlyArray<readonly number[]>): Float64Array => {
    const equations = all.copy();
    for (const row of left) equations.add(row, 1, -1);
    return nonnegative(equations, known);
  };
  const spread = jackknife(features, without);
  return {
    step_time: inOrder(solution),
    standard_error: inOrder(spread),
    unidentified: unidentified(all, solution, spread),
    rows: rows.length,
    error: errorOf(features.map((row) => dot(row, solution) - 1)),
    leave_one_out: errorOf(features.map((row) => dot(row, without([row])) - 1)),
  };
}

/** As `fitStepTime`, the step times alone. */
export function solveStepTime(rows: readonly StepSums[]): StepTime {
  check(rows);
  const equations = new NormalEquations(COEFFICIENTS.length);
  for (const row of rows) equations.add(featuresIn(row), 1);
  return inOrder(nonnegative(equations));
}

/** What each coefficient adds to the predicted time, as a share of the measured one. */
function featuresOf(rows: readonly StepSums[]): number[][] {
  check(rows);
  return rows.map(featuresIn);
}

function featuresIn(row: StepSums): number[] {
  return columnsOf(row).map((value) => value / row.seconds);
}

function equationsOf(features: ReadonlyArray<readonly number[]>): NormalEquations {
  const equations = new NormalEquations(COEFFICIENTS.length);
  for (const row of features) equations.add(row, 1);
  return equations;
}

function check(rows: readonly StepSums[]): void {
  if (rows.length <= COEFFICIENTS.length) {
    throw new RangeError(`rows must be more than ${COEFFICIENTS.length}, got ${rows.length}`);
  }
  const odd = rows.findIndex(({ seconds }) => !(seconds > 0 && Number.isFinite(seconds)));
  if (odd >= 0) throw new RangeError(`seconds must be above 0, got ${rows[odd]?.seconds} in row ${odd}`);
}

/** Standard errors from leaving out one run of neighbours at a time. */
function jackknife(
  features: ReadonlyArray<readonly number[]>,
  without: (left: ReadonlyArray<readonly number[]>) => Float64Array,
): number[] {
  const groups = Math.min(GROUPS, features.length);
  const estimates = Array.from({ length: groups }, (_, group) => {
    const edge = (index: number): number => Math.floor((index * features.length) / groups);
    return without(features.slice(edge(group), edge(group + 1)));
  });
  return COEFFICIENTS.map((_, i) => {
    const mean = estimates.reduce((sum, x) => sum + (x[i] ?? 0), 0) / groups;
    const squares = estimates.reduce((sum, x) => sum + ((x[i] ?? 0) - mean) ** 2, 0);
    return Math.sqrt(((groups - 1) / groups) * squares);
  });
}

function unidentified(
  { gram, size }: NormalEquations,
  solution: Float64Array,
  spread: readonly number[],
): Unidentified[] {
  return COEFFICIENTS.flatMap((coefficient, i) => {
    const value = solution[i] ?? 0;
    const error = (spread[i] ?? 0) / value;
    if (gram[i * size + i] === 0) return [{ coefficient, reason: 'nothing in the data depends on it' }];
    if (value === 0) return [{ coefficient, reason: 'the data is described best without it' }];
    if (error <= LARGEST_RELATIVE_ERROR) return [];
    return [{ coefficient, reason: `its standard error is ${Math.round(100 * error)} % of it` }];
  });
}

function dot(row: readonly number[], x: Float64Array): number {
  return row.reduce((sum, value, i) => sum + value * (x[i] ?? 0), 0);
}

function errorOf(relative: readonly number[]): FitError {
  const sizes = Float64Array.from(relative, Math.abs).sort();
  return {
    mean: sizes.reduce((sum, size) => sum + size, 0) / sizes.length,
    p99: quantile(sizes, 0.99),
    max: sizes.at(-1) ?? Number.NaN,
  };
}
