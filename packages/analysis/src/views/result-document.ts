/**
 * What every answer looks like to a reader, whichever command gave it: sentences, charts and tables.
 * Knows no analysis and no medium.
 */
import type { Chart } from './chart-spec.ts';
import type { TableSpec } from './table-spec.ts';

/** A line of the answer. */
export interface AnswerLine {
  /** One sentence. */
  readonly text: string;
  /** Whether a rule that the user gave was met; absent where there is none. */
  readonly met?: boolean;
}

/** What the numbers were made from: the version of the program, a seed, a hash. */
export interface Origin {
  readonly label: string;
  readonly text: string;
}

/** Enough to draw a result on any medium without knowing the analysis. Plain values: it survives JSON. */
export interface ResultDocument {
  /** The command that gave it: `run`, `compare`, `sweep`, … */
  readonly kind: string;
  readonly title: string;
  /** The answer in sentences, the most important first. */
  readonly answer: readonly AnswerLine[];
  readonly charts: readonly Chart[];
  readonly tables: readonly TableSpec[];
  readonly origin: readonly Origin[];
}
