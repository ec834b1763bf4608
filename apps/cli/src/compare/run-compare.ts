/** The `compare` command from its options to its exit code. Knows no statistics. */
import { compare, compareDocument, ttftPartReadings } from '@llmsim/analysis';
import { ExitCode, UserError } from '../exit-codes.ts';
import { openOutputs } from '../outputs/document-outputs.ts';
import { manyRuns } from '../running/many-runs.ts';
import { tell } from '../terminal/tell.ts';
import { version } from '../version.ts';
import { cellWith, seedsFrom } from './checked-scenario.ts';
import { compareJson, compareMadeFrom, compareRows, messageOf } from './compare-files.ts';
import { comparedOptions } from './compared.ts';
import { metricsOf } from './metrics.ts';
import type { CompareOptions } from './options.ts';
import { refuseUnknownPools } from './pool-metrics.ts';

export async function runCompare(given: readonly string[], options: CompareOptions): Promise<ExitCode> {
  const readings = metricsOf(options.metric);
  const compared = await comparedOptions(given, options);
  refuseUnknownPools(
    readings,
    compared.map(({ config }) => config),
  );
  const [first] = compared;
  if (first === undefined) return ExitCode.usage;
  const seeds = seedsFrom(first.config, options.replications);
  const names = compared.map(({ option }) => option);
  const total = seeds.length * compared.length;
  if (options.dryRun) {
    process.stdout.write(`${total} simulations: ${names.join(', ')}, each with ${seeds.length} seeds.\n`);
    return ExitCode.ok;
  }
  const outputs = openOutputs(options);
  const report = await manyRuns({ cells: total, total, quiet: options.quiet === true }, (runner, watched) =>
    compare({
      runner,
      options: compared.map((option) => ({ name: option.option, cellOf: (seed) => cellWith(option, seed) })),
      seeds,
      readings: [...readings, ...ttftPartReadings.filter((part) => !readings.includes(part))],
      ...watched,
    }),
  );
  if (!report.finished && report.seeds.length === 0)
    throw new UserError('Interrupted before the first seed was done', ExitCode.interrupted);
  for (const { option, seed, error } of report.failed) {
    tell(`error: ${option} with seed ${seed} failed: ${messageOf(error)}`);
  }
  const scenarios = [...new Set(compared.map(({ name }) => name))].join(', ');
  const origin = [
    { label: 'scenario', text: scenarios },
    { label: 'seeds', text: seedsText(report.seeds) },
    { label: 'llmsim', text: version },
  ];
  await outputs.write({
    document: compareDocument(report, { title: names.join(' or '), readings, origin }),
    json: (folder) => compareJson(report, compared, folder),
    made_from: (folder) => compareMadeFrom(compared, folder),
    rows: compareRows(report),
  });
  if (!report.finished) return ExitCode.interrupted;
  return report.failed.length > 0 ? ExitCode.internal : ExitCode.ok;
}

/** `42 to 51`. */
export function seedsText(seeds: readonly number[]): string {
  const [first, last] = [seeds[0], seeds.at(-1)];
  if (first === undefined || last === undefined) return 'none';
  return first === last ? String(first) : `${first} to ${last}`;
}
