/** The options of `compare` and `sensitivity`, as commander gives them. */
import type { RunOptions } from '../run/run-options.ts';

/** What every command that runs a scenario many times takes. */
export type ManyRunsOptions = Pick<
  RunOptions,
  | 'set'
  | 'trace'
  | 'traceFormat'
  | 'requestRate'
  | 'numPrompts'
  | 'seed'
  | 'goodput'
  | 'output'
  | 'json'
  | 'quiet'
> & { readonly dryRun?: true };

export interface CompareOptions extends ManyRunsOptions {
  readonly vary?: readonly string[];
  readonly link?: readonly string[];
  readonly replications: number;
  readonly metric?: readonly string[];
}
