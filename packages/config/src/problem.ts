/**
 * What is wrong with a scenario, where, and what to do about it. Knows no YAML and no schema.
 */

/** One mistake: the rule it breaks and the way out, with its place when it has one. */
export interface Problem {
  /** The file as the caller named it; empty when the configuration came from no file. */
  readonly file: string;
  /** Line from 1; null when the mistake stands in no file. */
  readonly line: number | null;
  /** Column from 1, in UTF-16 units; null when the mistake stands in no file. */
  readonly column: number | null;
  /** The command line argument that brought the value, such as `--set arrival.rate_per_s=x`; null otherwise. */
  readonly flag: string | null;
  /** The key with its parents, such as `arrival.rate_per_s`; empty for the whole file. */
  readonly path: string;
  /** What is wrong, without a full stop. */
  readonly message: string;
  /** What to write instead, a sentence. */
  readonly fix: string;
}

/** A mistake before anybody looked up where it stands. */
export interface Finding {
  readonly path: readonly string[];
  readonly message: string;
  readonly fix: string;
  /** What to point at: `key` when the key itself is the mistake. Default `value`. */
  readonly at?: 'key' | 'value';
  /** Where to point when `path` itself was not written: the other key of a rule over two. */
  readonly besides?: readonly string[];
}

/** A value, or everything that stands in its way. */
export type Checked<Value> =
  | ({ readonly ok: true } & Value)
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** The finding as a problem without a place: of a configuration that was never a text. */
export function unplaced({ path, message, fix }: Finding): Problem {
  return { file: '', line: null, column: null, flag: null, path: path.join('.'), message, fix };
}

/**
 * A problem as one line: `file:line:column: message. fix`.
 *
 * @example
 * formatProblem(problem);
 * // chat.yaml:5:22: arrival.rate_per_s must be above 0, got -1. Write for example rate_per_s: 2.
 */
export function formatProblem(problem: Problem): string {
  const { file, line, column, flag, message, fix } = problem;
  const place = flag ?? (line === null ? file : `${file}:${line}:${column ?? 1}`);
  return `${place === '' ? '' : `${place}: `}${message}. ${fix}`;
}
