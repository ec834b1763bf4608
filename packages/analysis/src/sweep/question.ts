/**
 * What a sweep is asked: which axes, which numbers, how often, and how to run one point. Knows no configuration.
 */
import type { EmptyRuns } from '../compare/empty-runs.ts';
import type { MeanInterval } from '../interval/mean-interval.ts';
import type { NamedReading } from '../readings.ts';
import type { Unit } from '../views/format.ts';

/** What one step of an axis is set to. */
export type SweepValue = number | string | boolean;

/** One thing that is varied, or several that move together. */
export interface SweepAxis {
  /** The key, with its parents; several with commas between. */
  readonly key: string;
  /** The last part of the key, for people. */
  readonly label: string;
  readonly unit: Unit;
  /** As given; of the first key where several move together. */
  readonly values: readonly SweepValue[];
  /** Each value for people. */
  readonly texts: readonly string[];
  /** What was varied, with a value for each step, where the axis is what follows from it: a trace's rate. */
  readonly set_by?: { readonly key: string; readonly values: readonly SweepValue[] };
}

export interface SweepQuestion<Cell> {
  readonly axes: readonly SweepAxis[];
  /** The axis along which results are drawn, whose values are numbers; null without one. */
  readonly x: number | null;
  /** Whether more along `x` is more load, so that what follows an overloaded point is overloaded too. */
  readonly x_is_load: boolean;
  /** What is read off the runs; the first is the headline. */
  readonly metrics: readonly NamedReading[];
  /** At least 2, the same at every point: common random numbers. */
  readonly seeds: readonly number[];
  /** Whether points beyond an overloaded one are left out. */
  readonly early_stop: boolean;
  /** A run of the point at these positions in the axes. */
  readonly cellOf: (at: readonly number[], seed: number) => Cell;
  /** What theory says of a metric at a point, in its unit; null where it says nothing. */
  readonly theoryOf?: (at: readonly number[], metric: NamedReading) => number | null;
}

/** How a point ended: `partial` lacks runs, `skipped` lies beyond an overloaded one. */
export type PointState = 'done' | 'partial' | 'failed' | 'skipped';

export interface SweepPoint extends EmptyRuns {
  /** Position in each axis. */
  readonly at: readonly number[];
  /** Value in each axis. */
  readonly values: readonly SweepValue[];
  readonly state: PointState;
  /** Runs that gave a report. */
  readonly runs: number;
  /** Of the runs: how many ended overloaded, and whether these are half of them or more. */
  readonly overloaded_runs: number;
  readonly overloaded: boolean;
  /** Of the requests of all these runs; 0 without any. */
  readonly rejected_share: number;
  /** By key of the metric; null where a run has no such number, or fewer than two ran. */
  readonly metrics: Readonly<Record<string, MeanInterval | null>>;
  /** By key of the metric, where theory says something. */
  readonly theory: Readonly<Record<string, number>>;
  /** What failing runs threw, each once. */
  readonly errors: readonly string[];
}
