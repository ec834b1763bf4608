/**
 * The `run` command from its options to its exit code: load, check, simulate, report.
 */
import { answer, withChosenWarmUp } from '@llmsim/analysis';
import { hasAutoWarmUp, type ScenarioConfig } from '@llmsim/config';
import type { SimulationReport } from '@llmsim/engine';

import { ExitCode, UserError } from '../exit-codes.ts';
import { onItsMachines } from '../scenario/both-clusters.ts';
import { configHash } from '../scenario/config-hash.ts';
import { idleChanges } from '../scenario/idle-changes.ts';
import { type Assignment, load, toAssignment, warn } from '../scenario/load.ts';
import { prepare } from '../scenario/prepare.ts';
import { readSource, type ScenarioSource } from '../scenario/source.ts';
import { traceReader } from '../scenario/trace-reader.ts';
import { tell } from '../terminal/tell.ts';
import { version } from '../version.ts';
import { assignments } from './assignments.ts';
import { commandLine } from './command-line.ts';
import { Outputs } from './outputs.ts';
import { printConfig } from './print-config.ts';
import { howOften } from './replication-options.ts';
import type { RunOptions } from './run-options.ts';
import { simulateWatched } from './simulate.ts';

export async function runScenario(given: string | undefined, options: RunOptions): Promise<ExitCode> {
  const source = await readSource(given);
  const changes = changesOf(source, options);
  const { scenario, note, from } = onItsMachines(load(source, changes));
  const { config, fields } = scenario;
  const folder = source.shipped && options.trace === undefined ? null : source.folder;
  if (options.printConfig) {
    printConfig(scenario, { changes, machines_of: from, json: options.json === true });
    return ExitCode.ok;
  }
  warn(scenario, changes);
  for (const idle of idleChanges(config.mode, from, changes)) tell(`warning: ${idle}`);
  if (note !== null) tell(`note: ${note}`);
  refuse(options, config);
  if (given === '-' && config.trace?.path === '-') {
    throw new UserError('Standard input cannot be both the configuration and the trace');
  }

  const readTrace = traceReader(source.folder, options.quiet === true);
  if (options.web) {
    const { refuseOutputs, showInBrowser } = await import('../web/show-in-browser.ts');
    refuseOutputs(options);
    await prepare(scenario, { readTrace, changes, keep_requests: false });
    return showInBrowser(source, scenario, changes);
  }
  const often = howOften(options);
  if (often !== null) {
    const checked = await prepare(scenario, { readTrace, changes, keep_requests: false });
    const { runReplicated } = await import('./run-replicated.ts');
    return runReplicated(
      { name: source.file, scenario, note, config, fields, folder, ...checked },
      often,
      options,
    );
  }
  const outputs = await Outputs.open(options);
  const prepared = await prepare(scenario, { readTrace, changes, keep_requests: outputs.needs_requests });
  const { trace } = prepared;
  const plan = hasAutoWarmUp(config) ? withChosenWarmUp(prepared.plan) : prepared.plan;
  const quiet = options.quiet === true;
  const result = await simulateWatched(plan, { quiet, watch: (run) => outputs.watch(run) });
  if (result.report.finished) refuseEmpty(result.report);
  outputs.write({
    name: source.file,
    command: commandLine(given, changes),
    result,
    config,
    fields,
    folder,
    trace,
    // Not every format asks for it.
    get config_hash() {
      return configHash(config, trace);
    },
    version,
  });
  if (!result.report.finished) return ExitCode.interrupted;
  const met = answer(result.report).slo.every((line) => line.met === true);
  return options.check && !met ? ExitCode.slo_missed : ExitCode.ok;
}

function changesOf(source: ScenarioSource, options: RunOptions): Assignment[] {
  // Whether the scenario replays a trace matters to two flags only, and is known once it is read.
  const matters = options.numPrompts !== undefined || options.requestRate !== undefined;
  const replays = matters && load(source, (options.set ?? []).map(toAssignment)).config.trace !== undefined;
  return assignments(options, { folder: source.folder, replays });
}

/** @throws UserError for options that this configuration cannot serve. */
function refuse({ check, dumpTtft }: RunOptions, { slo, quantiles }: ScenarioConfig): void {
  if (check && slo === undefined) {
    throw new UserError('--check needs an SLO: write --goodput ttft:500 tpot:50, or slo in the file');
  }
  if (dumpTtft !== undefined && quantiles !== 'exact') {
    throw new UserError(
      `--dump-ttft needs every sample, and quantiles is ${quantiles}: write quantiles: exact`,
    );
  }
}

/** @throws UserError when the run was over before anything was measured. */
function refuseEmpty({ end_s, window_s: [from_s, to_s] }: SimulationReport): void {
  if (from_s < to_s) return;
  throw new UserError(
    `Nothing was measured: the last request was done at ${end_s.toFixed(3)} s, before warmup_seconds. ` +
      'Lower it, for example --set warmup_seconds=0, or run more requests.',
  );
}
