/** The options of `sweep`, as commander gives them. Loads nothing. */
import type { PlanningOptions } from '../commands/shared-options.ts';

export interface SweepOptions extends Omit<PlanningOptions, 'requestRate'> {
  readonly requestRate?: string;
  readonly vary?: readonly string[];
  readonly link?: readonly string[];
  readonly preset?: string;
  readonly metric?: readonly string[];
  readonly replications: number;
  /** False with `--no-early-stop`. */
  readonly earlyStop: boolean;
  /** False with `--no-cache`. */
  readonly cache: boolean;
  readonly threads?: number;
  readonly yes?: true;
}

export const PRESET_NAMES = ['arrival-rate', 'prefill-rate'] as const;
