/** The `crossover` command from its options to its exit code. Knows no analysis. */
import {
  type CrossoverReport,
  crossoverDocument,
  formatCount,
  gpusOf,
  mapCrossover,
  offeredLoads,
} from '@llmsim/analysis';
import type { PlanningOptions } from '../commands/shared-options.ts';
import { ExitCode } from '../exit-codes.ts';
import { openOutputs, type Written } from '../outputs/document-outputs.ts';
import { manyRuns } from '../running/many-runs.ts';
import { openScenario } from '../scenario/open-scenario.ts';
import { inSigns } from '../terminal/signs.ts';
import { gridSize } from '../vary/grid.ts';
import { refuseSeeds } from '../vary/idle-axes.ts';
import { refuseTooMany } from '../vary/run-limit.ts';
import { contestAt, contestants } from './contestants.ts';
import { assignmentsAt, axesOf, crossoverAxis, type PointOptions } from './crossover-axes.ts';
import { refuseSized, sharedReading } from './crossover-refusals.ts';
import { type PlannedScenario, plannedScenario } from './planned-scenario.ts';
import { provenanceOf } from './provenance.ts';

export interface CrossoverOptions extends Omit<PlanningOptions, 'requestRate'>, PointOptions {
  readonly gpus?: number;
  readonly metric?: string;
  readonly runs: number;
  readonly yes?: true;
}

const MODES = ['mono', 'disagg'] as const;
/** Seeds that choose the split at each point. */
const PILOTS = 2;

export async function runCrossover(given: string | undefined, options: CrossoverOptions): Promise<ExitCode> {
  const opened = await openScenario(given, options);
  const scenario = await plannedScenario(opened, { modes: MODES });
  const { config } = scenario;
  const base = contestants(scenario, options.gpus);
  const capacity = Math.max(...base.splits.map((split) => 1 / Math.max(...offeredLoads(split, 1))));
  const axes = axesOf(options, scenario, capacity);
  refuseSized(axes);
  refuseSeeds(axes, '--runs');
  const reading = sharedReading(options.metric, config);
  const atPoint = (position: readonly number[]): Promise<PlannedScenario> =>
    plannedScenario(opened, { modes: MODES, more: assignmentsAt(axes, position) });
  const points = gridSize(axes);
  const each = 2 * options.runs + (base.splits.length > 1 ? PILOTS * base.splits.length : 0);
  if (options.dryRun) {
    process.stdout.write(
      inSigns(
        `${formatCount(points)} points × ${each} simulations: ${formatCount(points * each)}, and those of the break-evens\n`,
      ),
    );
    return ExitCode.ok;
  }
  refuseTooMany(points * each, options.yes === true, 'fewer values, --runs or --gpus');
  // Every step is loaded before anything runs: a key that does not exist is known at once.
  for (const [axis, { length }] of axes.entries()) {
    for (let step = 0; step < length; step++) {
      await atPoint(axes.map((_, other) => (other === axis ? step : 0)));
    }
  }
  const outputs = openOutputs(options);
  const total = points * each;
  const seeds = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, run) => config.random_seed + from + run);
  const report = await manyRuns({ cells: total, total, quiet: options.quiet === true }, (runner, watched) =>
    mapCrossover(
      {
        gpus: gpusOf(base.mono),
        axes: axes.map(crossoverAxis),
        pointAt: async (position) => contestAt(await atPoint(position), gpusOf(base.mono)),
      },
      {
        runner,
        reading,
        seeds: seeds(0, options.runs),
        pilot_seeds: seeds(options.runs, PILOTS),
        ...watched,
      },
    ),
  );
  const { origin, provenance, made_from } = provenanceOf(scenario);
  const rows = rowsOf(report);
  const { finished, gpus, runs } = report;
  const json = (folder: string): object => ({
    finished,
    gpus,
    metric: reading.key,
    break_evens: breakEvens(report),
    results: rows,
    runs,
    ...provenance(folder),
  });
  await outputs.write({ document: crossoverDocument(report, { origin }), json, made_from, rows });
  return finished ? ExitCode.ok : ExitCode.interrupted;
}

function breakEvens({ break_evens, axes }: CrossoverReport): object[] {
  return break_evens.map(({ axis, before, after, low_value, high_value }) => ({
    key: axes[axis]?.key ?? null,
    before,
    low_value,
    after,
    high_value,
  }));
}

function rowsOf({ axes, points, reading }: CrossoverReport): Written['rows'] {
  return points.map(({ at, contest }) => ({
    ...Object.fromEntries(
      axes.map(({ key, steps, valueAt }, axis) => [
        key,
        valueAt(at[axis] ?? 0) ?? steps[at[axis] ?? 0] ?? null,
      ]),
    ),
    metric: reading.key,
    split: contest?.disagg.servers.join('+') ?? null,
    mono: contest?.mono_interval.mean ?? null,
    disagg: contest?.disagg_interval.mean ?? null,
    difference: contest?.difference.interval.mean ?? null,
    low: contest?.difference.interval.low ?? null,
    high: contest?.difference.interval.high ?? null,
    winner: contest?.winner ?? null,
    overloaded: contest?.overloaded ?? null,
  }));
}
