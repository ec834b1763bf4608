/**
 * Runs the points of a sweep, from little load to much in all lines at once, and leaves out what lies beyond an
 * overloaded point. Knows no configuration and no statistics of the results.
 */
import { runAll } from '../running/run-all.ts';
import type { Runner, RunSignal } from '../running/runner.ts';
import { EarlyStop } from './early-stop.ts';
import { type GridLine, gridLines } from './grid.ts';
import { type PointRuns, pointOf } from './point.ts';
import type { SweepQuestion } from './question.ts';
import { type SweepReport, sweepReportOf } from './report.ts';

export interface SweepRunning<Cell> {
  readonly runner: Runner<Cell>;
  readonly signal?: RunSignal;
  /** Told after each run how many are done, and how many there will be as far as it is known. */
  readonly onRun?: (done: number, total: number) => void;
}

/**
 * Sweeps. A run that throws is its point's failure and stops no other. Once the signal aborts, the report covers what
 * has finished, and `finished` is false.
 *
 * @throws RangeError with fewer than two seeds or without metrics.
 * @example
 * const { lines } = await sweep(question, { runner });
 * lines[0]?.largest_load; // where the SLO is met no longer
 */
export async function sweep<Cell>(
  question: SweepQuestion<Cell>,
  { runner, signal, onRun }: SweepRunning<Cell>,
): Promise<SweepReport> {
  const { seeds, metrics, early_stop, x_is_load } = question;
  if (seeds.length < 2) throw new RangeError(`seeds must hold at least 2 seeds, got ${seeds.length}`);
  if (metrics.length === 0) throw new RangeError('metrics must hold at least one reading, got none');
  const lines = gridLines(question);
  const stop = new EarlyStop(early_stop && x_is_load, seeds.length);
  const runs = new Map(
    lines.map((line) => [line, line.points.map((): PointRuns => ({ reports: [], errors: [] }))]),
  );
  const taken: RunPlace[] = [];
  const cells = function* (): Generator<Cell> {
    for (const place of inOrderOfLoad(lines, seeds.length)) {
      const { line, step, replication } = place;
      if (stop.isBeyond(line, step)) continue;
      taken.push(place);
      yield question.cellOf(line.points[step] ?? [], seeds[replication] ?? 0);
    }
  };
  let finished = true;
  let done = 0;
  try {
    for await (const outcome of runAll(runner, cells(), signal)) {
      const place = taken[outcome.index];
      const into = place && runs.get(place.line)?.[place.step];
      if (place === undefined || into === undefined) continue;
      if ('report' in outcome) {
        into.reports[place.replication] = outcome.report;
        stop.look(place.line, place.step, into.reports);
      } else into.errors.push(outcome.error);
      done++;
      onRun?.(done, seeds.length * lines.reduce((sum, line) => sum + stop.pointsOf(line), 0));
    }
  } catch (error) {
    if (signal?.aborted !== true) throw error;
    finished = false;
  }
  const points = lines.map((line) =>
    (runs.get(line) ?? []).map((each, step) =>
      pointOf(question, line.points[step] ?? [], { runs: each, beyond: stop.isBeyond(line, step) }),
    ),
  );
  return sweepReportOf(question, lines, points, finished);
}

/** A run: which point of which line, and which of the seeds. */
interface RunPlace {
  readonly line: GridLine;
  readonly step: number;
  readonly replication: number;
}

/** All runs of the least load of every line, then those of the next. */
function* inOrderOfLoad(lines: readonly GridLine[], replications: number): Generator<RunPlace> {
  const longest = Math.max(0, ...lines.map(({ points }) => points.length));
  for (let step = 0; step < longest; step++) {
    for (const line of lines) {
      if (step >= line.points.length) continue;
      for (let replication = 0; replication < replications; replication++) yield { line, step, replication };
    }
  }
}
