/**
 * `.csv`: the run in one row, so that the files of many runs stack. Units stand in the headers.
 */
import { warmUpOfRun } from '@llmsim/analysis';
import type { LinkReport, PoolReport, SimulationReport, Summary, TtftParts } from '@llmsim/engine';
import { stringify } from 'csv-stringify/sync';
import type { Reporter, RunRecord } from './reporter.ts';

export const summaryCsv: Reporter = {
  report(record, out) {
    out.write(stringify([summaryRow(record)], { header: true, cast: { boolean: String } }));
  },
};

type Row = Record<string, string | number | boolean | null>;

export function summaryRow({ version, config_hash, result: { report } }: RunRecord): Row {
  const { mode, seed, verdict, finished, window_s, outcomes, slo } = report;
  const [from_s, to_s] = window_s;
  return {
    mode,
    seed,
    verdict: verdict.state,
    finished,
    elapsed_s: to_s - from_s,
    ...outcomes,
    ...latencies(report),
    completed_in_window: report.completed_in_window,
    throughput_rps: report.throughput_rps,
    prompt_tokens_per_s: report.prompt_tokens_per_s,
    output_tokens_per_s: report.output_tokens_per_s,
    goodput_rps: slo?.goodput_rps ?? null,
    attainment: slo?.attainment ?? null,
    ttft_attainment: slo?.ttft_attainment ?? null,
    tpot_attainment: slo?.tpot_attainment ?? null,
    ...Object.assign({}, ...report.pools.map(pool)),
    ...breakdown(report),
    total_tokens_per_s: report.total_tokens_per_s,
    total_tokens_per_s_per_gpu: report.total_tokens_per_s_per_gpu,
    output_tokens_per_s_per_user: report.output_tokens_per_s_per_user,
    preempted_requests: report.preempted_requests,
    ...Object.assign({}, ...report.links.map(link)),
    model: report.model,
    warmup_seconds: from_s,
    mser5_s: warmUpOfRun(report)?.mser5_s ?? null,
    version,
    config_hash,
  };
}

function latencies({ ttft_s, tpot_s, itl_s, e2e_s }: SimulationReport): Row {
  return {
    num_samples: ttft_s.count,
    ...statistics('ttft', ttft_s),
    ...statistics('tpot', tpot_s),
    ...statistics('itl', itl_s),
    ...statistics('e2e', e2e_s),
  };
}

function statistics(name: string, { count: _, ...values }: Summary): Row {
  return Object.fromEntries(
    Object.entries(values).map(([statistic, value]) => [`${statistic}_${name}_s`, value]),
  );
}

function pool({
  name,
  gpus,
  utilization,
  mean_queue_length,
  max_queue_length,
  waiting_s,
  service_s,
  batching,
}: PoolReport): Row {
  return {
    [`gpus_${name}`]: gpus,
    [`utilization_${name}`]: utilization,
    [`mean_queue_length_${name}`]: mean_queue_length,
    [`max_queue_length_${name}`]: max_queue_length,
    [`mean_waiting_${name}_s`]: waiting_s.mean,
    [`p99_waiting_${name}_s`]: waiting_s.p99,
    [`mean_service_${name}_s`]: service_s.mean,
    ...Object.fromEntries(Object.entries(batching ?? {}).map(([fact, value]) => [`${fact}_${name}`, value])),
  };
}

function link({ from, to, ...facts }: LinkReport): Row {
  return Object.fromEntries(
    Object.entries(facts).map(([fact, value]) => [`${fact}_${from}_to_${to}`, value]),
  );
}

function breakdown({ breakdown: parts }: SimulationReport): Row {
  return { ...prefixed('mean', parts?.mean), ...prefixed('tail', parts?.tail) };
}

function prefixed(prefix: string, parts: TtftParts | undefined): Row {
  const names = [
    'prefill_queue_s',
    'prefill_s',
    'transfer_wait_s',
    'transfer_s',
    'decode_queue_s',
    'first_decode_step_s',
  ] as const;
  return Object.fromEntries(names.map((name) => [`${prefix}_${name}`, parts?.[name] ?? null]));
}
