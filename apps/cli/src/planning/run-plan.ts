/**
 * The `plan` command from its options to its exit code. Knows no search.
 */
import {
  examineUnloaded,
  NothingJudged,
  type PlanReport,
  planCapacity,
  planDocument,
  type UnloadedKinds,
} from '@llmsim/analysis';
import { ExitCode, UserError } from '../exit-codes.ts';
import { openOutputs } from '../outputs/document-outputs.ts';
import { withRunner } from '../running/with-runner.ts';
import { openScenario } from '../scenario/open-scenario.ts';
import { interruptible } from '../terminal/interruption.ts';
import { searchProgress } from '../terminal/search-progress.ts';
import { contradiction } from './contradiction.ts';
import { dryRunText } from './plan-dry-run.ts';
import { modesOf, type PlanCase, type PlanOptions, planCaseOf } from './plan-question.ts';
import { planJson, planRows } from './plan-rows.ts';
import { type PlannedScenario, plannedScenario } from './planned-scenario.ts';
import { provenanceOf } from './provenance.ts';

/** What a kind takes, about: a few candidates near the answer, and the headroom of one or two. */
const RUNS_PER_KIND = 100;

export async function runPlan(given: string | undefined, options: PlanOptions): Promise<ExitCode> {
  const { requestRate, ...others } = options;
  const modes = modesOf(options.mode);
  const opened = await openScenario(given, others);
  const scenario = await plannedScenario(opened, { modes, rate_per_s: requestRate });
  const planned = planCaseOf(scenario, options);
  if (options.dryRun) {
    process.stdout.write(dryRunText(planned));
    return ExitCode.ok;
  }
  const outputs = openOutputs(options);
  const report = await search(scenario, planned, options.quiet === true);
  const misfits = planned.misfits.map(({ name: kind, why }) => `${kind} does not fit: ${why}`);
  const { origin, provenance, made_from } = provenanceOf(scenario);
  await outputs.write({
    document: planDocument(report, { origin, misfits }),
    json: (folder) => ({ ...planJson(report), misfits: planned.misfits, ...provenance(folder) }),
    made_from,
    rows: planRows(report),
  });
  if (!report.finished) return ExitCode.interrupted;
  return report.smallest === null ? ExitCode.slo_missed : ExitCode.ok;
}

async function search(scenario: PlannedScenario, planned: PlanCase, quiet: boolean): Promise<PlanReport> {
  const { question, rule, seeds } = planned;
  const progress = searchProgress(quiet ? null : process.stderr);
  try {
    return await withRunner({ cells: RUNS_PER_KIND * question.kinds.length }, (runner) =>
      interruptible(async (signal) => {
        const examination = {
          runner,
          rule,
          seeds,
          signal,
          onRun: progress.ran,
          onCandidate: progress.examining,
        };
        progress.examining('every kind at no load');
        const unloaded = await orNothing(() => examineUnloaded(question, examination), signal);
        const impossible = signal.aborted ? null : contradiction(unloaded, scenario.config.slo ?? {});
        if (impossible !== null) throw new UserError(impossible);
        return planCapacity(question, examination, unloaded);
      }),
    );
  } catch (error) {
    if (!(error instanceof NothingJudged)) throw error;
    throw new UserError(`${capitalised(error.message)}: nothing can be judged. Raise sim_seconds.`);
  } finally {
    progress.clear();
  }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** A Ctrl-C before the search leaves it nothing to report. */
async function orNothing(work: () => Promise<UnloadedKinds>, signal: AbortSignal): Promise<UnloadedKinds> {
  try {
    return await work();
  } catch (error) {
    if (signal.aborted) return new Map();
    throw error;
  }
}
