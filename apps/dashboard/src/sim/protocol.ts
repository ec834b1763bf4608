/**
 * What page and worker say to each other: plain data and the calls that carry it. Knows neither side.
 */
import type { Answer, ChartSpec, TableSpec } from '@llmsim/analysis';
import type { Problem } from '@llmsim/config';
import type { SimulationReport } from '@llmsim/engine';

/** A scenario to run: its text and the assignments on top of it, as `--set` of the command line takes them. */
export interface ScenarioSource {
  /** How messages call the text. */
  readonly file: string;
  readonly text: string;
  /** Assignments `a.b.c=value`, in order. */
  readonly set: readonly string[];
}

/** What a scenario says about the quantities that the page has fields for; null where it does not have one. */
export interface Inputs {
  readonly mode: string;
  readonly random_seed: number;
  readonly rate_per_s: number | null;
}

/** A finished run, ready to be shown. */
export interface RunView {
  readonly file: string;
  readonly inputs: Inputs;
  readonly report: SimulationReport;
  readonly answer: Answer;
  readonly tables: {
    readonly latency: TableSpec;
    readonly pools: TableSpec;
    readonly breakdown: TableSpec;
    readonly throughput: TableSpec;
    readonly outcomes: TableSpec;
  };
  readonly charts: { readonly ttft_cdf: ChartSpec };
}

/** How a run ended, when nothing broke. */
export type RunOutcome =
  | { readonly kind: 'done'; readonly view: RunView }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' };

/** Takes the share of the run that is done, from 0 to 1. */
export type OnProgress = (fraction: number) => void;

/** The calls that the worker answers. */
export interface SimulationWorker {
  /** The inputs of a scenario, null when it is not valid. */
  inspect(source: ScenarioSource): Inputs | null;
  /** Runs until done or until `cancel` names the same id. */
  run(id: number, source: ScenarioSource, onProgress: OnProgress): Promise<RunOutcome>;
  cancel(id: number): void;
}
