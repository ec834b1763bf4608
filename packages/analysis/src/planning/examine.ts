/**
 * Runs one candidate under seed after seed until its decision is sure enough. Knows no search.
 *
 * A candidate passes when it passes twice, under seeds that have nothing in common: a search takes the first of many that
 * passes, so it finds the lucky ones, and luck seldom comes twice. What is told of it is what the second time showed.
 */
import type { SimulationReport } from '@llmsim/engine';
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';
import { type Decision, type DecisionRule, decide } from './decide.ts';
import { attainmentOf, type Evidence, evidenceOf } from './evidence.ts';
import { NothingJudged } from './nothing-judged.ts';
import { isOverloaded, type Reason, reasonOf } from './reason.ts';

/** What runs say about one cluster at one rate. */
export interface Examined {
  readonly passes: boolean;
  /** Null where it passes. */
  readonly reason: Reason | null;
  /** What the sequential test said of the attainment: the second time, where it passed the first. */
  readonly decision: Decision;
  /** Of the runs of that decision. */
  readonly evidence: Evidence;
  /** Simulations, those of a first decision included. */
  readonly runs: number;
}

export interface Examination<Cell> {
  readonly runner: Runner<Cell>;
  readonly rule: DecisionRule;
  /** Twice as many as the last look needs, the same for every candidate: common random numbers. */
  readonly seeds: readonly number[];
  readonly signal?: RunSignal;
  /** Told after each run. */
  readonly onRun?: () => void;
}

/**
 * Decides whether a candidate passes, and decides again on fresh seeds if it does.
 *
 * @throws RangeError when there are too few seeds; NothingJudged when nobody arrives in the window of a run; what a run
 * threw, or the signal's reason.
 */
export async function examine<Cell>(
  cellOf: (seed: number) => Cell,
  examination: Examination<Cell>,
): Promise<Examined> {
  const { rule, seeds } = examination;
  const most = Math.max(...rule.looks);
  if (seeds.length < 2 * most) {
    throw new RangeError(`seeds must be twice the ${most} of the last look, got ${seeds.length}`);
  }
  const first = await decideBy(seeds.slice(0, most).map(cellOf), examination);
  if (!first.passes) return first;
  const second = await decideBy(seeds.slice(most).map(cellOf), examination);
  return { ...second, runs: first.runs + second.runs };
}

/**
 * Looks after each group of runs and stops at the first decision. What is still open at the last look does not pass:
 * a plan promises what has been shown. Nor does a cluster that is overloaded in half of the runs or more, since what
 * it attains depends on the run length.
 */
async function decideBy<Cell>(cells: readonly Cell[], examination: Examination<Cell>): Promise<Examined> {
  const { rule } = examination;
  const reports: SimulationReport[] = [];
  let decision: Decision | null = null;
  for (const look of rule.looks) {
    reports.push(...(await runGroup(cells.slice(reports.length, look), examination)));
    decision = decide(reports.map(requiredAttainment), rule);
    if (decision.state !== 'open') break;
  }
  if (decision === null) throw new RangeError('looks must hold at least one number of runs');
  const evidence = evidenceOf(reports);
  const passes = decision.state === 'passes' && !isOverloaded(evidence);
  return { passes, reason: passes ? null : reasonOf(evidence), decision, evidence, runs: reports.length };
}

/** Reports in the order of the cells, whatever the order in which they finish. */
async function runGroup<Cell>(
  cells: readonly Cell[],
  { runner, signal, onRun }: Pick<Examination<Cell>, 'runner' | 'signal' | 'onRun'>,
): Promise<SimulationReport[]> {
  const reports: SimulationReport[] = [];
  for await (const outcome of runAll(runner, cells, signal)) {
    if ('error' in outcome) throw outcome.error;
    reports[outcome.index] = outcome.report;
    onRun?.();
  }
  return reports;
}

/** A run in which nothing was judged says nothing. */
function requiredAttainment(report: SimulationReport): number {
  const attainment = attainmentOf(report);
  if (attainment === null) {
    throw report.slo === null ? new RangeError('a plan needs an SLO') : new NothingJudged(report.seed);
  }
  return attainment;
}
