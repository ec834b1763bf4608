/**
 * What page and worker say to each other: plain data and the calls that carry it. Knows neither side.
 */
import type { Answer, ChartSpec, ResultDocument, TableSpec } from '@llmsim/analysis';
import type { Problem, ScenarioConfig } from '@llmsim/config';
import type { RequestLog, SimulationReport } from '@llmsim/engine';
import type { Field } from './fields.ts';
import type { Figure } from './figures.ts';
import type { CurvePart } from './in-parts.ts';

/** A value that a control of the page puts into a scenario's text. */
export interface Edit {
  /** The key with its parents, such as `arrival.rate_per_s`. */
  readonly path: string;
  readonly value: string | number | boolean;
}

/** What the user opened, before anything was changed: its name on the command line and its text. */
export interface Base {
  readonly name: string;
  readonly text: string;
}

/** A scenario as the page has it: its text, and what its controls have changed since. */
export interface ScenarioSource {
  /** How messages call the text. */
  readonly file: string;
  readonly text: string;
  /** In order; they become part of the text. */
  readonly edits: readonly Edit[];
  /** The trace that the scenario names, once the page has it. */
  readonly trace: File | null;
  /** What the user opened, null where only the text is known. */
  readonly base: Base | null;
}

/** One simulation of an analysis: a scenario and the assignments that make it differ from the others. */
export interface Cell {
  readonly file: string;
  readonly text: string;
  /** Assignments `a.b.c=value`, in order, as `--set` of the command line takes them. */
  readonly set: readonly string[];
  readonly trace: File | null;
  /** Seed of the pilot that chooses `warmup_seconds: auto`; absent: that of the run. */
  readonly pilot_seed?: number;
}

/** A finished run, ready to be shown. */
export interface RunView {
  readonly file: string;
  /** The scenario's text with the edits in it. */
  readonly text: string;
  readonly config: ScenarioConfig;
  /** What runs the same on the command line. */
  readonly command: string;
  /** What the controls show. */
  readonly fields: readonly Field[];
  readonly report: SimulationReport;
  readonly answer: Answer;
  /** The few numbers that come first. */
  readonly figures: readonly Figure[];
  readonly tables: {
    readonly latency: TableSpec;
    readonly pools: TableSpec;
    /** Null where nothing moves between pools. */
    readonly links: TableSpec | null;
    readonly breakdown: TableSpec;
    readonly throughput: TableSpec;
    readonly outcomes: TableSpec;
  };
  readonly charts: {
    readonly ttft_cdf: ChartSpec;
    readonly queue: ChartSpec;
    readonly utilization: ChartSpec;
  };
}

/** How a run ended, when nothing broke. `text` has the edits in it. */
export type RunOutcome =
  | { readonly kind: 'done'; readonly view: RunView }
  | {
      readonly kind: 'invalid';
      readonly text: string;
      readonly problems: readonly Problem[];
      /** Name of the trace file that is missing, null when something else is wrong. */
      readonly wanted: string | null;
    }
  | { readonly kind: 'cancelled' };

/** How a cell ended, when nothing broke. */
export type CellOutcome =
  | { readonly kind: 'done'; readonly report: SimulationReport }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' };

/** What became of each request of a run. */
export interface RunRequests {
  readonly log: RequestLog;
  /** In the order that requests pass them. */
  readonly pools: readonly { readonly name: string; readonly gpus: number }[];
  readonly end_s: number;
  readonly slo_ttft_s: number | null;
}

/** How a run that keeps its requests ended, when nothing broke. */
export type RequestsOutcome =
  | { readonly kind: 'done'; readonly requests: RunRequests }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' };

/** How a run that is wanted for its TTFT distribution alone ended, when nothing broke. */
export type TtftOutcome =
  | { readonly kind: 'done'; readonly chart: ChartSpec }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' };

/** How a run that is written down in the Trace Event Format ended, when nothing broke. */
export type TraceEventsOutcome =
  | { readonly kind: 'done'; readonly file: Blob }
  | { readonly kind: 'invalid'; readonly problems: readonly Problem[] }
  | { readonly kind: 'cancelled' };

/** What a `.json` file is. */
export type ReadResult =
  /** The result of one run, as the scenario that makes it again. */
  | { readonly kind: 'scenario'; readonly text: string }
  /** Any other result, as it was stored. */
  | { readonly kind: 'document'; readonly document: ResultDocument }
  | { readonly kind: 'refused'; readonly reason: string };

/** Takes the share of the run that is done, from 0 to 1. */
export type OnProgress = (fraction: number) => void;

/** The calls that the worker answers. */
export interface SimulationWorker {
  /** Runs until done or until `cancel` names the same id. */
  run(id: number, source: ScenarioSource, onProgress: OnProgress): Promise<RunOutcome>;
  /** As `run`, and nothing but the report. */
  report(id: number, cell: Cell): Promise<CellOutcome>;
  /** As `run`, and nothing but the distribution of TTFT. */
  ttft(id: number, cell: Cell): Promise<TtftOutcome>;
  /** As `run`, and every request of it. */
  requests(id: number, cell: Cell): Promise<RequestsOutcome>;
  /** As `run`, and the run for Perfetto. */
  traceEvents(id: number, cell: Cell): Promise<TraceEventsOutcome>;
  /** Reads a stored result and checks everything in it; of long curves it holds no points. */
  result(file: File): Promise<ReadResult>;
  /** The next part of the points that the last result lacks, null after the last. */
  nextPart(): CurvePart | null;
  cancel(id: number): void;
}
