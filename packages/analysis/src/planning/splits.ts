/**
 * Every split of a number of GPUs between two pools, at every rate of a list. Generic in the runner's cells.
 * Knows no layout.
 */
import type { SimulationReport } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import { pairedDifference } from '../interval/paired-difference.ts';
import type { NamedReading } from '../readings.ts';
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';
import { attainmentOf, type Evidence, evidenceOf } from './evidence.ts';
import { isOverloaded, type Reason, reasonOf } from './reason.ts';
import { type Candidate, type ClusterKind, gpuWeights } from './space.ts';

export interface SplitQuestion<Cell> {
  readonly splits: readonly Candidate[];
  /** Requests per second, ascending. */
  readonly rates_per_s: readonly number[];
  /** What the splits are compared by. */
  readonly reading: NamedReading;
  /** Share that must meet the SLOs; null without SLOs. */
  readonly attain: number | null;
  /** At least two; equal seeds mean equal requests, whatever the split. */
  readonly seeds: readonly number[];
  readonly cellOf: (candidate: Candidate, rate_per_s: number, seed: number) => Cell;
}

/** One split at one rate. */
export interface SplitResult {
  readonly candidate: Candidate;
  readonly rate_per_s: number;
  /** Of the reading, over the seeds; null when a run has no such number. */
  readonly interval: MeanInterval | null;
  readonly evidence: Evidence;
  /**
   * Whether its requests reach `attain` and it is not overloaded, as in a plan. Null without SLOs, and where a run had no
   * request to judge: what some of the seeds say is not what the others are compared by.
   */
  readonly passes: boolean | null;
  /** Why it does not pass; null otherwise. */
  readonly reason: Reason | null;
  /** The pool that is most utilised. */
  readonly busiest: string;
  /** The best of its rate. */
  readonly best: boolean;
  /** Not seen to differ from the best of its rate. */
  readonly alike: boolean;
}

export interface SplitReport {
  /** False when it was stopped: results are of what had run. */
  readonly finished: boolean;
  readonly reading: NamedReading;
  readonly attain: number | null;
  readonly splits: readonly Candidate[];
  readonly rates_per_s: readonly number[];
  /** By rate, then by split; without what had not run. */
  readonly results: readonly SplitResult[];
  /** The one that meets `attain` at the largest rate, or else is best at the smallest; null when nothing ran. */
  readonly best: SplitResult | null;
  readonly runs: number;
}

/** All ways to give two pools `gpus` GPUs together, prefill from few to many; none for other kinds. */
export function splitsOf(kind: ClusterKind, gpus: number): Candidate[] {
  const [first = 1, second] = gpuWeights(kind);
  if (second === undefined) return [];
  const found: Candidate[] = [];
  for (let x = 1; x * first < gpus; x++) {
    const y = (gpus - x * first) / second;
    if (Number.isInteger(y)) found.push({ kind, servers: [x, y] });
  }
  return found;
}

/**
 * Runs every split at every rate under every seed.
 *
 * Once the signal aborts, the report covers the pairs of split and rate whose runs were all done.
 *
 * @throws what a run threw.
 */
export async function compareSplits<Cell>(
  question: SplitQuestion<Cell>,
  runner: Runner<Cell>,
  { signal, onRun }: { readonly signal?: RunSignal; readonly onRun?: () => void } = {},
): Promise<SplitReport> {
  const { splits, rates_per_s, seeds, cellOf } = question;
  const pairs = rates_per_s.flatMap((rate) => splits.map((candidate) => ({ candidate, rate_per_s: rate })));
  const cells = pairs.flatMap(({ candidate, rate_per_s }) =>
    seeds.map((seed) => cellOf(candidate, rate_per_s, seed)),
  );
  const reports: Array<SimulationReport | undefined> = [];
  let runs = 0;
  let finished = true;
  try {
    for await (const outcome of runAll(runner, cells, signal)) {
      if ('error' in outcome) throw outcome.error;
      reports[outcome.index] = outcome.report;
      runs++;
      onRun?.();
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    finished = false;
  }
  const measured = pairs.flatMap((pair, index) => {
    const own = reports
      .slice(index * seeds.length, (index + 1) * seeds.length)
      .filter((report) => report !== undefined);
    return own.length === seeds.length ? [{ ...pair, reports: own }] : [];
  });
  const results = rates_per_s.flatMap((rate) =>
    ranked(
      measured.filter(({ rate_per_s }) => rate_per_s === rate),
      question,
    ),
  );
  const { reading, attain } = question;
  return { finished, reading, attain, splits, rates_per_s, results, best: bestOf(results), runs };
}

interface Measured {
  readonly candidate: Candidate;
  readonly rate_per_s: number;
  readonly reports: readonly SimulationReport[];
}

/** The results of one rate, with the best and those that are not seen to differ from it. */
function ranked<Cell>(
  measured: readonly Measured[],
  { reading, attain }: SplitQuestion<Cell>,
): SplitResult[] {
  const values = measured.map(({ reports }) => readAll(reports, reading));
  const sign = reading.better === 'higher' ? 1 : -1;
  const score = (at: number): number => {
    const own = values[at];
    return own === undefined || own === null ? Number.NEGATIVE_INFINITY : sign * meanInterval(own).mean;
  };
  const order = measured.map((_, at) => at).sort((a, b) => score(b) - score(a) || a - b);
  const [top = -1] = order;
  return measured.map(({ candidate, rate_per_s, reports }, at) => {
    const own = values[at] ?? null;
    const best = values[top] ?? null;
    const evidence = evidenceOf(reports);
    const passes = passesOf(reports, evidence, attain);
    return {
      candidate,
      rate_per_s,
      interval: own === null ? null : meanInterval(own),
      evidence,
      passes,
      reason: passes === false ? reasonOf(evidence) : null,
      busiest: busiestOf(evidence),
      best: at === top && own !== null,
      alike: own !== null && best !== null && !pairedDifference(best, own).seen,
    };
  });
}

function passesOf(
  reports: readonly SimulationReport[],
  evidence: Evidence,
  attain: number | null,
): boolean | null {
  const { attainment } = evidence;
  if (attain === null || attainment === null) return null;
  if (reports.some((report) => attainmentOf(report) === null)) return null;
  return attainment >= attain && !isOverloaded(evidence);
}

function readAll(reports: readonly SimulationReport[], { read }: NamedReading): number[] | null {
  const values = reports.map(read).filter((value) => value !== null);
  return values.length === reports.length ? values : null;
}

function busiestOf({ pools }: Evidence): string {
  const [first, ...others] = pools;
  if (first === undefined) return '';
  return others.reduce((most, pool) => (pool.utilization > most.utilization ? pool : most), first).pool;
}

function bestOf(results: readonly SplitResult[]): SplitResult | null {
  const best = results.filter((result) => result.best);
  return best.findLast(({ passes }) => passes === true) ?? best[0] ?? null;
}
