/**
 * What is wrong with a trace file, where, and the way out. Knows no format.
 */

/** One mistake in a trace file. */
export interface TraceProblem {
  /** The file as the caller named it. */
  readonly file: string;
  /** Line from 1. */
  readonly line: number;
  /** Column from 1, in UTF-16 units. */
  readonly column: number;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to do about it, a sentence. */
  readonly fix: string;
}

/** A place in a file, both from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
}

/** Problems reported one by one; the others are counted. */
export const MOST_PROBLEMS = 20;

/** Collects the problems of one file, the first `MOST_PROBLEMS` in full. */
export class ProblemList {
  readonly listed: TraceProblem[] = [];
  /** How many there are beyond the listed ones. */
  more = 0;
  readonly #file: string;

  constructor(file: string) {
    this.#file = file;
  }

  get none(): boolean {
    return this.listed.length === 0;
  }

  add({ line, column }: Place, message: string, fix: string): void {
    if (this.listed.length === MOST_PROBLEMS) this.more++;
    else this.listed.push({ file: this.#file, line, column, message, fix });
  }
}

/**
 * A problem as one line: `file:line:column: message. fix`.
 *
 * @example
 * formatTraceProblem(problem);
 * // day.csv:7:12: GeneratedTokens must be a whole number of at least 1, not "abc". Correct or remove the row.
 */
export function formatTraceProblem({ file, line, column, message, fix }: TraceProblem): string {
  return `${file}:${line}:${column}: ${message}. ${fix}`;
}
