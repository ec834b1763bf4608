/** `run` with many seeds: intervals on every headline number, and theory beside them. Knows no statistics. */
import {
  comparison,
  headlineReadings,
  replicateUntil,
  runsDocument,
  sloLines,
  ttftPartReadings,
  verdictOf,
} from '@llmsim/analysis';
import type { SimulationReport } from '@llmsim/engine';
import { type CheckedScenario, cellWith } from '../compare/checked-scenario.ts';
import { compareRows } from '../compare/compare-files.ts';
import { refuseUnknownPools } from '../compare/pool-metrics.ts';
import { seedsText } from '../compare/run-compare.ts';
import { ExitCode, Interrupted } from '../exit-codes.ts';
import { openOutputs } from '../outputs/document-outputs.ts';
import { manyRuns } from '../running/many-runs.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import { configHash } from '../scenario/config-hash.ts';
import { theoryOf } from '../scenario/theory.ts';
import { version } from '../version.ts';
import type { HowOften } from './replication-options.ts';
import type { RunOptions } from './run-options.ts';

export async function runReplicated(
  checked: CheckedScenario,
  { reading, stops, precision }: HowOften,
  options: RunOptions,
): Promise<ExitCode> {
  const { config, trace } = checked;
  refuseUnknownPools([reading], [config]);
  const outputs = openOutputs(options);
  const { min_runs, max_runs } = precision;
  const watching = { cells: min_runs, total: stops ? null : max_runs, quiet: options.quiet === true };
  const { reports, finished } = await manyRuns(watching, (runner, { signal, onRun }) =>
    replicateUntil({
      runner,
      cellOf: (index) => cellWith(checked, config.random_seed + index),
      read: stops ? reading.read : () => null,
      precision,
      signal,
      onRun,
    }),
  );
  if (reports.length === 0) throw new Interrupted('Interrupted before the first run was done');

  const theory = options.theory ? theoryOf(config, checked.plan) : undefined;
  const readings = headlineReadings.includes(reading) ? headlineReadings : [...headlineReadings, reading];
  const results = comparison([{ name: checked.name, reports }], [...readings, ...ttftPartReadings]);
  const seeds = reports.map((_, index) => config.random_seed + index);
  const verdict = verdictOf(reports);
  const config_hash = configHash(config, trace);
  await outputs.write({
    document: runsDocument(reports, {
      title: checked.name,
      readings,
      origin: [
        { label: 'seeds', text: seedsText(seeds) },
        { label: 'configuration', text: config_hash.slice(0, 12) },
        { label: 'llmsim', text: version },
      ],
      finished,
      ...(theory === undefined ? {} : { theory }),
      ...(stops ? { stopped: { reading, precision } } : {}),
    }),
    json: (folder) => ({
      finished,
      seeds,
      ...results[0],
      // The state alone, as for one run.
      verdict: verdict.state,
      runs_by_verdict: verdict.runs,
      ...(theory === undefined ? {} : { theory }),
      config_hash,
      seed: config.random_seed,
      config: configForFile(checked, folder),
    }),
    made_from: (folder) => [
      {
        name: checked.name,
        config_hash,
        seed: config.random_seed,
        config: configForFile(checked, folder),
      },
    ],
    rows: compareRows({ options: results, level: precision.level, seeds }),
  });
  if (!finished) return ExitCode.interrupted;
  return options.check && !meets(reports) ? ExitCode.slo_missed : ExitCode.ok;
}

/** Whether every SLO is met by as many requests as it takes, on average over the runs. */
function meets(reports: readonly SimulationReport[]): boolean {
  return sloLines(reports).every(({ met }) => met === true);
}
