/** From the command line to a sweep that can run: axes, metrics, seeds and the cell of every point. Runs nothing. */
import type { Runner, SweepQuestion } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { refuseUnknownPools } from '../compare/pool-metrics.ts';
import { UserError } from '../exit-codes.ts';
import { readingOf } from '../planning/reading-option.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';
import { bothClusters, type LoadedScenario } from '../scenario/both-clusters.ts';
import type { ConfigSource } from '../scenario/config-for-file.ts';
import { type OpenedScenario, openScenario } from '../scenario/open-scenario.ts';
import { theoryOf } from '../scenario/theory.ts';
import { parseAxes } from '../vary/axes.ts';
import { gridSize } from '../vary/grid.ts';
import { refuseSeeds } from '../vary/idle-axes.ts';
import { refuseTooMany } from '../vary/run-limit.ts';
import { loadAxis } from './load-axis.ts';
import { type Preset, presetOf } from './presets.ts';
import { sweepAxisOf, xOf } from './sweep-axes.ts';
import type { SweepOptions } from './sweep-options.ts';
import { type PreparedPoint, preparePoints } from './sweep-points.ts';

/** A run of a point, or why the point cannot run. */
export type SweepCell = ScenarioCell | { readonly error: UserError };

/** The configuration is that before anything is varied. */
export interface SweepCase extends ConfigSource {
  /** The scenario as messages call it. */
  readonly name: string;
  /** What is replayed at any of its points, each once. */
  readonly traces: readonly ReplayWorkload[];
  /** The axes as one would type them after `--vary`. */
  readonly vary: readonly string[];
  readonly question: SweepQuestion<SweepCell>;
  /** Runs of the whole grid. */
  readonly runs: number;
  /** Every run, for what is to be known before. */
  readonly cells: () => SweepCell[];
}

/** @throws UserError with what is wrong. */
export async function sweepCase(given: string | undefined, options: SweepOptions): Promise<SweepCase> {
  const opened = await openScenario(given, options);
  const scenario = opened.loadToRun();
  const { config, fields } = scenario;
  const preset = options.preset === undefined ? null : await presetFor(options.preset, scenario, opened);
  const own = options.vary ?? [];
  const taken = new Set(own.map((text) => text.split('=')[0]?.trim()));
  const vary = [...(preset?.vary ?? []).filter((text) => !taken.has(text.split('=')[0])), ...own];
  if (vary.length === 0) {
    throw new UserError(
      'There is nothing to vary. Write --vary arrival.rate_per_s=0.5..5:0.5, or --preset arrival-rate.',
    );
  }
  const axes = parseAxes(vary, options.link);
  refuseSeeds(axes, '--replications');
  const runs = gridSize(axes) * options.replications;
  refuseTooMany(runs, options.yes === true, 'fewer values or --replications');
  const keys = options.metric ?? preset?.metrics ?? usualMetrics(config);
  const seeds = Array.from({ length: options.replications }, (_each, index) => config.random_seed + index);
  const metrics = keys.map((key) => readingOf(key, config));
  const points = await preparePoints(opened, axes);
  refuseUnknownPools(
    metrics,
    [...points.values()].flatMap((point) => ('config' in point ? [point.config] : [])),
  );
  for (const point of points.values()) if ('note' in point) opened.note(point.note);
  const loads = loadAxis(axes, points);
  const cellOf = (at: readonly number[], seed: number): SweepCell => cellAt(points.get(at.join()), seed);
  return {
    name: opened.name,
    config,
    fields,
    folder: opened.folder,
    traces: tracesOf(points, seeds),
    vary,
    runs,
    question: {
      axes: axes.map((axis, index) => sweepAxisOf(axis, index === loads.axis ? loads.rates : null)),
      ...xOf(axes, loads.axis),
      metrics,
      seeds,
      early_stop: options.earlyStop,
      cellOf,
      theoryOf: (at, { key }) => (key === 'ttft_s.mean' ? meanTtftAt(points.get(at.join())) : null),
    },
    cells: () => [...points.values()].flatMap((point) => seeds.map((seed) => cellAt(point, seed))),
  };
}

async function presetFor(name: string, scenario: LoadedScenario, opened: OpenedScenario): Promise<Preset> {
  const traceOf = await opened.readTrace(scenario);
  return presetOf(name, bothClusters(scenario).config, traceOf(scenario.config.random_seed));
}

function usualMetrics({ slo }: ScenarioConfig): string[] {
  return ['ttft_s.p99', 'ttft_s.mean', slo === undefined ? 'ttft_s.p50' : 'attainment'];
}

function cellAt(point: PreparedPoint | undefined, seed: number): SweepCell {
  if (point === undefined) throw new RangeError('the grid has no such point');
  if ('error' in point) return point;
  const { config, traceOf } = point;
  return {
    config: { ...config, random_seed: seed },
    trace: traceOf(seed),
    pilot_seed: config.random_seed,
  };
}

/** In the order of the points; what points share is read once, so it is the same object. */
function tracesOf(points: ReadonlyMap<string, PreparedPoint>, seeds: readonly number[]): ReplayWorkload[] {
  const all = [...points.values()].flatMap((point) => ('traceOf' in point ? seeds.map(point.traceOf) : []));
  return [...new Set(all)].filter((trace) => trace !== null);
}

/** In the long run; seconds. */
function meanTtftAt(point: PreparedPoint | undefined): number | null {
  if (point === undefined || 'error' in point) return null;
  const theory = theoryOf(point.config, point.plan);
  return theory.applies ? theory.mean_ttft_s : null;
}

/** Points that cannot run fail where they would run. */
export function orFailing(runner: Runner<ScenarioCell>): Runner<SweepCell> {
  return {
    concurrency: runner.concurrency,
    run: (cell, signal) => ('error' in cell ? Promise.reject(cell.error) : runner.run(cell, signal)),
  };
}
