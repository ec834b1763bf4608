/**
 * Whether disaggregated or monolithic serving is better on as many GPUs: at a point, and where that changes along a
 * line of points. Generic in the runner's cells. Knows no configuration.
 */
import type { SimulationReport } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import { type PairedDifference, pairedDifference } from '../interval/paired-difference.ts';
import type { NamedReading } from '../readings.ts';
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';
import type { Candidate } from './space.ts';

/** One setting in which both are to be compared. */
export interface ContestPoint<Cell> {
  readonly mono: Candidate;
  /** Splits of as many GPUs; at least one. */
  readonly splits: readonly Candidate[];
  readonly cellOf: (candidate: Candidate, seed: number) => Cell;
}

export interface ContestRules<Cell> {
  readonly runner: Runner<Cell>;
  /** What they are compared by. */
  readonly reading: NamedReading;
  /** Seeds that choose the split. Others than those of the comparison, which the best of many would flatter. */
  readonly pilot_seeds: readonly number[];
  /** At least two; each gives both clusters the same requests. */
  readonly seeds: readonly number[];
  readonly signal?: RunSignal;
  /** Told after each run. */
  readonly onRun?: () => void;
}

export interface Contest {
  readonly mono: Candidate;
  /** The split that was best under the pilot seeds. */
  readonly disagg: Candidate;
  readonly mono_interval: MeanInterval;
  readonly disagg_interval: MeanInterval;
  /** Of disaggregated less monolithic. */
  readonly difference: PairedDifference;
  /** Null: no difference seen. */
  readonly winner: 'mono' | 'disagg' | null;
  /** Whether either was overloaded in half of its runs or more, where numbers depend on the run length. */
  readonly overloaded: boolean;
}

/**
 * Chooses the best split, then compares it with the monolithic cluster on fresh seeds.
 *
 * @returns null where a run has no such reading
 * @throws what a run threw, or the signal's reason.
 */
export async function contest<Cell>(
  { mono, splits, cellOf }: ContestPoint<Cell>,
  rules: ContestRules<Cell>,
): Promise<Contest | null> {
  const { reading, pilot_seeds, seeds } = rules;
  const disagg = await bestSplit({ mono, splits, cellOf }, rules, pilot_seeds);
  const reports = await runEach(
    [mono, disagg].flatMap((candidate) => seeds.map((seed) => cellOf(candidate, seed))),
    rules,
  );
  const own = [reports.slice(0, seeds.length), reports.slice(seeds.length)] as const;
  const [monoValues, disaggValues] = own.map((runs) => readAll(runs, reading));
  if (!monoValues || !disaggValues) return null;
  const difference = pairedDifference(monoValues, disaggValues);
  const higher = difference.interval.mean > 0 === (reading.better === 'higher');
  return {
    mono,
    disagg,
    mono_interval: meanInterval(monoValues),
    disagg_interval: meanInterval(disaggValues),
    difference,
    winner: difference.seen ? (higher ? 'disagg' : 'mono') : null,
    overloaded: own.some(mostlyOverloaded),
  };
}

/** The best mean over the pilot seeds; among equals the one with the fewest prefill servers. */
async function bestSplit<Cell>(
  { splits, cellOf }: ContestPoint<Cell>,
  rules: ContestRules<Cell>,
  pilot_seeds: readonly number[],
): Promise<Candidate> {
  const [only] = splits;
  if (only === undefined) throw new RangeError('splits must hold at least one candidate');
  if (splits.length === 1) return only;
  const reports = await runEach(
    splits.flatMap((split) => pilot_seeds.map((seed) => cellOf(split, seed))),
    rules,
  );
  const sign = rules.reading.better === 'higher' ? 1 : -1;
  let best = { split: only, score: Number.NEGATIVE_INFINITY };
  for (const [index, split] of splits.entries()) {
    const runs = reports.slice(index * pilot_seeds.length, (index + 1) * pilot_seeds.length);
    const values = readAll(runs, rules.reading);
    const score =
      values === null ? Number.NEGATIVE_INFINITY : sign * values.reduce((sum, value) => sum + value, 0);
    if (score > best.score) best = { split, score };
  }
  return best.split;
}

async function runEach<Cell>(
  cells: readonly Cell[],
  { runner, signal, onRun }: ContestRules<Cell>,
): Promise<SimulationReport[]> {
  const reports: SimulationReport[] = [];
  for await (const outcome of runAll(runner, cells, signal)) {
    if ('error' in outcome) throw outcome.error;
    reports[outcome.index] = outcome.report;
    onRun?.();
  }
  return reports;
}

function readAll(reports: readonly SimulationReport[], { read }: NamedReading): number[] | null {
  const values = reports.map(read).filter((value) => value !== null);
  return values.length === reports.length ? values : null;
}

function mostlyOverloaded(reports: readonly SimulationReport[]): boolean {
  return 2 * reports.filter(({ verdict }) => verdict.state === 'overloaded').length >= reports.length;
}
