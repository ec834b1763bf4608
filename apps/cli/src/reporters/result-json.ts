/**
 * `.json` and `--json`: the flat headline keys, the whole report, and everything needed to run it again.
 * The same seed and configuration give the same bytes: nothing here depends on the machine or the hour.
 */
import { warmUpOfRun } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { SimulationReport } from '@llmsim/engine';
import { configForFile } from '../scenario/config-for-file.ts';
import { offeredLoad } from '../scenario/offered-load.ts';
import type { Reporter, RunRecord } from './reporter.ts';

export const resultJson: Reporter = {
  report: (record, out) => out.write(`${JSON.stringify(resultOf(record, out.folder), null, 2)}\n`),
};

function resultOf(record: RunRecord, folder: string): object {
  const { version, config_hash, result } = record;
  const config = configForFile(record, folder);
  const { report } = result;
  return {
    ...headline(report, record.config),
    ...load(record),
    verdict: report.verdict.state,
    finished: report.finished,
    // Null for a run too short to judge.
    warm_up: warmUpOfRun(report),
    version,
    config_hash,
    seed: report.seed,
    config,
    report,
  };
}

/** Latencies, rates and the cluster, under one-word keys. */
function headline(report: SimulationReport, config: ScenarioConfig): object {
  const [from_s, to_s] = report.window_s;
  return {
    num_samples: report.ttft_s.count,
    mean_ttft_s: report.ttft_s.mean,
    p50_ttft_s: report.ttft_s.p50,
    p90_ttft_s: report.ttft_s.p90,
    p99_ttft_s: report.ttft_s.p99,
    // Length of the measurement window: rates are per second of it.
    elapsed_s: to_s - from_s,
    mode: report.mode,
    throughput_rps: report.throughput_rps,
    ...Object.fromEntries(report.pools.map(({ name, utilization }) => [`utilization_${name}`, utilization])),
    ...servers(report, config),
  };
}

/** How many GPUs serve, or how many replicas. */
function servers(
  { pools, mode: served }: SimulationReport,
  { mode, cluster_mono, cluster_disagg }: ScenarioConfig,
): object {
  const batching = pools.flatMap((pool) =>
    pool.batching === null ? [] : [{ ...pool.batching, name: pool.name }],
  );
  if (batching.length > 0) {
    return Object.fromEntries(
      batching.map(({ name, replicas }) => [served === 'mono' ? 'replicas' : `${name}_replicas`, replicas]),
    );
  }
  if (mode === 'mono') return 'num_gpus' in cluster_mono ? { num_gpus: cluster_mono.num_gpus } : {};
  if (!('prefill_gpus' in cluster_disagg)) return {};
  const { prefill_gpus, decode_gpus } = cluster_disagg;
  return { prefill_gpus, decode_gpus };
}

function load({ config, trace }: RunRecord): object {
  const { rate_per_s, prompt_tokens, output_tokens } = offeredLoad(config, trace);
  return {
    arrival_rate_per_s: rate_per_s,
    prompt_tokens_log: prompt_tokens.log,
    prompt_tokens_real: prompt_tokens.real,
    output_tokens_log: output_tokens.log,
    output_tokens_real: output_tokens.real,
  };
}
