/**
 * The verdict on a system from the verdicts on its runs. Knows no queue: each run has judged its own.
 */
import type { SimulationReport, Verdict } from '@llmsim/engine';

export interface ReplicationVerdict {
  readonly state: Verdict['state'];
  /** Runs that ended in each state. */
  readonly runs: Readonly<Record<Verdict['state'], number>>;
  /** The pool that most of the runs in that state name, null when stable. */
  readonly pool: string | null;
}

/**
 * `overloaded` when at least half of the runs are, `backlogged` when at least half are not stable, else `stable`: one
 * burst at the end of one run says nothing about the system.
 *
 * @throws RangeError without reports.
 * @example
 * verdictOf(replications(plan, [1, 2, 3])).state; // 'stable'
 */
export function verdictOf(reports: readonly Pick<SimulationReport, 'verdict'>[]): ReplicationVerdict {
  if (reports.length === 0) throw new RangeError('reports must hold at least one report, got none');
  const runs = { stable: 0, backlogged: 0, overloaded: 0 };
  for (const { verdict } of reports) runs[verdict.state]++;
  const half = reports.length / 2;
  const state = runs.overloaded >= half ? 'overloaded' : runs.stable <= half ? 'backlogged' : 'stable';
  const pools = reports.flatMap(({ verdict }) =>
    state === 'stable' || verdict.pool === null ? [] : [verdict.pool],
  );
  return { state, runs, pool: mostFrequent(pools) };
}

/** The first among equals, null of nothing. */
function mostFrequent(names: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].reduce<[string | null, number]>(
    (most, [name, count]) => (count > most[1] ? [name, count] : most),
    [null, 0],
  )[0];
}
