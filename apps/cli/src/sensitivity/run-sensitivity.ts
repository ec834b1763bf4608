/** The `sensitivity` command from its options to its exit code. Knows no statistics. */
import { evaluateBy } from '@llmsim/analysis';
import { checkedScenario } from '../compare/checked-scenario.ts';
import { messageOf } from '../compare/compare-files.ts';
import { refuseUnknownPools } from '../compare/pool-metrics.ts';
import { ExitCode } from '../exit-codes.ts';
import { openOutputs } from '../outputs/document-outputs.ts';
import { readingOf } from '../planning/reading-option.ts';
import { manyRuns } from '../running/many-runs.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import { configHash } from '../scenario/config-hash.ts';
import { openScenario } from '../scenario/open-scenario.ts';
import { tell } from '../terminal/tell.ts';
import { version } from '../version.ts';
import { methods } from './analyse.ts';
import type { SensitivityOptions } from './options.ts';
import { cellAt } from './point-cell.ts';
import { factorsOf } from './varied-keys.ts';

export async function runSensitivity(
  given: string | undefined,
  options: SensitivityOptions,
): Promise<ExitCode> {
  const opened = await openScenario(given, options);
  const checked = await checkedScenario(opened);
  const { name, scenario, config, trace, traceOf } = checked;
  const reading = readingOf(options.metric, config);
  refuseUnknownPools([reading], [config]);
  const factors = factorsOf(opened, scenario, options.vary);
  const method = methods[options.method];
  const replications = options.replications ?? method.replications;
  const total = method.runs(factors.length, replications);
  if (options.dryRun) {
    const keys = factors.map(({ key, low, high }) => `  ${key}=${low}..${high}\n`).join('');
    process.stdout.write(`${total} simulations, which move\n${keys}`);
    return ExitCode.ok;
  }
  const outputs = openOutputs(options);
  const config_hash = configHash(config, trace);
  const { document, result, rows, failed, finished } = await manyRuns(
    { cells: total, total, quiet: options.quiet === true },
    (runner, watched) =>
      method.analyse({
        factors,
        replications,
        seed: config.random_seed,
        evaluate: evaluateBy(runner, cellAt({ config, traceOf }, factors), reading.read, watched),
        words: {
          title: `${name}: what moves ${reading.label}`,
          reading,
          fixable: (key) => key.startsWith('cluster_'),
          origin: [
            { label: 'seed', text: String(config.random_seed) },
            { label: 'configuration', text: config_hash.slice(0, 12) },
            { label: 'llmsim', text: version },
          ],
        },
      }),
  );
  const [first] = failed;
  if (first !== undefined) {
    tell(`error: ${failed.length} runs failed, the first by: ${messageOf(first.error)}`);
  }
  await outputs.write({
    document,
    json: (folder) => ({
      method: options.method,
      metric: reading.key,
      ...result,
      failed: failed.map(({ error }) => messageOf(error)),
      config_hash,
      seed: config.random_seed,
      config: configForFile(checked, folder),
    }),
    made_from: (folder) => [
      { name, config_hash, seed: config.random_seed, config: configForFile(checked, folder) },
    ],
    rows: rows.map((row) => ({ metric: reading.key, unit: reading.unit, ...row })),
  });
  if (!finished) return ExitCode.interrupted;
  return failed.length > 0 ? ExitCode.internal : ExitCode.ok;
}
