/** The `sweep` command from its options to its exit code. Knows no analysis. */
import { type SweepReport, sweep, sweepDocument } from '@llmsim/analysis';
import { ExitCode } from '../exit-codes.ts';
import { openOutputs } from '../outputs/document-outputs.ts';
import { expectedSeconds } from '../running/cost.ts';
import { manyRuns } from '../running/many-runs.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import { configHash } from '../scenario/config-hash.ts';
import { inSigns } from '../terminal/signs.ts';
import { version } from '../version.ts';
import { orFailing, type SweepCase, sweepCase } from './sweep-case.ts';
import type { SweepOptions } from './sweep-options.ts';
import { sweepRows } from './sweep-rows.ts';

export async function runSweep(given: string | undefined, options: SweepOptions): Promise<ExitCode> {
  const wanted = await sweepCase(given, options);
  if (options.dryRun) {
    process.stdout.write(inSigns(dryRunText(wanted)));
    return ExitCode.ok;
  }
  const outputs = openOutputs(options);
  const report = await swept(wanted, options);
  const { config, name, vary, traces } = wanted;
  const config_hash = configHash(config, ...traces);
  const { ttft_s, tpot_s } = config.slo ?? {};
  const origin = [
    { label: 'scenario', text: name },
    { label: 'seeds', text: `${report.seeds[0]} to ${report.seeds.at(-1)}` },
    { label: 'configuration', text: config_hash.slice(0, 12) },
    { label: 'llmsim', text: version },
  ];
  const title = `Sweep over ${report.axes.map(({ label }) => label).join(' and ')}`;
  const document = sweepDocument(report, { title, origin, targets: { ttft_s, tpot_s } });
  await outputs.write({
    document,
    json: (folder) => ({
      config_hash,
      seed: config.random_seed,
      vary,
      ...report,
      config: configForFile(wanted, folder),
    }),
    made_from: (folder) => [
      { name, config_hash, seed: config.random_seed, config: configForFile(wanted, folder) },
    ],
    rows: sweepRows(report),
  });
  if (!report.finished) return ExitCode.interrupted;
  const failed = report.lines.some(({ points }) => points.some(({ state }) => state === 'failed'));
  return failed ? ExitCode.internal : ExitCode.ok;
}

function swept({ question, runs }: SweepCase, options: SweepOptions): Promise<SweepReport> {
  const { cache, threads, quiet } = options;
  const running = { cells: runs, total: runs, cache, ...(threads === undefined ? {} : { threads }) };
  return manyRuns({ ...running, quiet: quiet === true }, (runner, watched) =>
    sweep(question, { runner: orFailing(runner), ...watched }),
  );
}

function dryRunText({ question, runs, cells, vary }: SweepCase): string {
  const { axes, seeds } = question;
  const sizes = axes.map(({ label, values }) => `${values.length} ${label}`).join(' × ');
  const cpu_s = cells().reduce((sum, cell) => sum + ('error' in cell ? 0 : expectedSeconds(cell)), 0);
  const shown = cpu_s < 1 ? 'less than a second' : `about ${Math.ceil(cpu_s).toLocaleString('en')} s`;
  return [
    `${sizes} × ${seeds.length} replications: ${runs.toLocaleString('en')} runs at most, ${shown} of CPU time.`,
    ...vary.map((text) => `  --vary ${text}`),
    '',
  ].join('\n');
}
