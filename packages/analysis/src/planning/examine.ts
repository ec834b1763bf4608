/**
 * Runs one candidate under seed after seed until its decision is sure enough. Knows no search.
 */
import type { SimulationReport } from '@llmsim/engine';
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';
import { type Decision, type DecisionRule, decide } from './decide.ts';
import { attainmentOf, type Evidence, evidenceOf } from './evidence.ts';
import { isOverloaded, type Reason, reasonOf } from './reason.ts';

/** What runs say about one cluster at one rate. */
export interface Examined {
  readonly passes: boolean;
  /** Null where it passes. */
  readonly reason: Reason | null;
  /** What the sequential test said of the attainment. */
  readonly decision: Decision;
  readonly evidence: Evidence;
}

export interface Examination<Cell> {
  readonly runner: Runner<Cell>;
  readonly rule: DecisionRule;
  /** As many as the last look needs, the same for every candidate: common random numbers. */
  readonly seeds: readonly number[];
  readonly signal?: RunSignal;
  /** Told after each run. */
  readonly onRun?: () => void;
}

/**
 * Looks after each group of runs and stops at the first decision. What is still open at the last look does not pass:
 * a plan promises what has been shown. Nor does a cluster that is overloaded in half of the runs or more, since what
 * it attains depends on the run length.
 *
 * @throws what a run threw, or the signal's reason.
 */
export async function examine<Cell>(
  cellOf: (seed: number) => Cell,
  examination: Examination<Cell>,
): Promise<Examined> {
  const { rule, seeds } = examination;
  const reports: SimulationReport[] = [];
  let decision: Decision | null = null;
  for (const look of rule.looks) {
    const group = seeds.slice(reports.length, look);
    reports.push(...(await runGroup(group.map(cellOf), examination)));
    decision = decide(reports.map(requiredAttainment), rule);
    if (decision.state !== 'open') break;
  }
  if (decision === null) throw new RangeError('looks must hold at least one number of runs');
  const evidence = evidenceOf(reports);
  const passes = decision.state === 'passes' && !isOverloaded(evidence);
  return { passes, reason: passes ? null : reasonOf(evidence), decision, evidence };
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
    throw new RangeError(
      report.slo === null
        ? 'a plan needs an SLO'
        : `no request arrived in the measurement window of the run with seed ${report.seed}`,
    );
  }
  return attainment;
}
