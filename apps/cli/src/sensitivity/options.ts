/** The options of `sensitivity`, as commander gives them. */
import type { ManyRunsOptions } from '../compare/options.ts';

export interface SensitivityOptions extends ManyRunsOptions {
  readonly vary?: readonly string[];
  readonly metric: string;
  readonly method: 'one-at-a-time' | 'morris' | 'sobol';
  /** Seeds, walks or rows, as the method has it. */
  readonly replications?: number;
}
