/** The `split` command from its options to its exit code. Knows no analysis. */
import { candidateName, compareSplits, formatCount, type SplitReport, splitDocument } from '@llmsim/analysis';
import { ExitCode } from '../exit-codes.ts';
import { openOutputs, type Written } from '../outputs/document-outputs.ts';
import { manyRuns } from '../running/many-runs.ts';
import { openScenario } from '../scenario/open-scenario.ts';
import { inSigns } from '../terminal/signs.ts';
import { plannedScenario } from './planned-scenario.ts';
import { provenanceOf } from './provenance.ts';
import { type SplitOptions, splitQuestionOf } from './split-question.ts';

export async function runSplit(given: string | undefined, options: SplitOptions): Promise<ExitCode> {
  const scenario = await plannedScenario(await openScenario(given, options), { modes: ['disagg'] });
  const question = splitQuestionOf(scenario, options);
  const { splits, rates_per_s, seeds, gpus } = question;
  const cells = splits.length * rates_per_s.length * seeds.length;
  if (options.dryRun) {
    process.stdout.write(
      inSigns(
        `${formatCount(splits.length)} splits × ${rates_per_s.length} rates × ${seeds.length} seeds: ${formatCount(cells)} simulations\n`,
      ),
    );
    return ExitCode.ok;
  }
  const outputs = openOutputs(options);
  const report = await manyRuns({ cells, total: cells, quiet: options.quiet === true }, (runner, watched) =>
    compareSplits(question, runner, watched),
  );
  const { origin, provenance, made_from } = provenanceOf(scenario);
  const rows = rowsOf(report);
  const { splits: _, results: __, reading, best, ...counts } = report;
  await outputs.write({
    document: splitDocument(report, { gpus, origin }),
    json: (folder) => ({
      ...counts,
      gpus,
      metric: reading.key,
      best: best === null ? null : candidateName(best.candidate),
      results: rows,
      ...provenance(folder),
    }),
    made_from,
    rows,
  });
  return report.finished ? ExitCode.ok : ExitCode.interrupted;
}

function rowsOf({ results, reading }: SplitReport): Written['rows'] {
  return results.map(
    ({ candidate, rate_per_s, interval, evidence, passes, reason, busiest, best, alike }) => {
      const [prefill = null, decode = null] = candidate.servers;
      const { pools, ...numbers } = evidence;
      return {
        candidate: candidateName(candidate),
        servers_prefill: prefill,
        servers_decode: decode,
        rate_per_s,
        metric: reading.key,
        mean: interval?.mean ?? null,
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        best,
        alike,
        reason,
        busiest,
        ...numbers,
        ...(passes === null ? NOT_JUDGED : {}),
        ...Object.fromEntries(pools.map(({ pool, utilization }) => [`utilization_${pool}`, utilization])),
        passes,
      };
    },
  );
}

/** What some of the runs attain is not what all of them would. */
const NOT_JUDGED = { attainment: null, ttft_attainment: null, tpot_attainment: null };
