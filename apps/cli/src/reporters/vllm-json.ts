/**
 * `.vllm.json`: the result file of `vllm bench serve`, so that tools which read it read a simulated run too.
 * Everything covers the measurement window: `duration` is its length, `completed` what completed inside it.
 * What vLLM has no name for stands under `llmsim`.
 */
import { OUTCOMES, type RequestLog, type Summary } from '@llmsim/engine';
import type { Sink } from '../files/sink.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import { offeredLoad } from '../scenario/offered-load.ts';
import type { Reporter, RunRecord } from './reporter.ts';

const MS = 1000;

export const vllmJson: Reporter = {
  needs_requests: true,
  report(record, out) {
    const { requests } = record.result;
    if (requests === null) return;
    const measured = completedFrom(requests, record.result.report.window_s[0]);
    const head = { ...totals(record, requests, measured), ...latencies(record) };
    out.write(`${JSON.stringify(head, null, 2).slice(0, -2)},\n`);
    writeDetails(out, requests, measured);
    const { report } = record.result;
    const { version, config_hash } = record;
    const config = configForFile(record, out.folder);
    out.write(`  "llmsim": ${JSON.stringify({ version, config_hash, config, report })}\n}\n`);
  },
};

/** The requests completed in the window, which nothing in the log lies beyond. */
function completedFrom(requests: RequestLog, from_s: number): number[] {
  const ids: number[] = [];
  for (let id = 0; id < requests.length; id++) {
    if ((requests.completed_s[id] ?? Number.NaN) >= from_s) ids.push(id);
  }
  return ids;
}

function totals({ config, trace, result: { report } }: RunRecord, requests: RequestLog, measured: number[]) {
  const [from_s, to_s] = report.window_s;
  const rejected = OUTCOMES.indexOf('rejected');
  let arrived = 0;
  let failed = 0;
  for (let id = 0; id < requests.length; id++) {
    // Nothing in the log arrived after the window, which holds its end when a run goes on until all is done.
    if ((requests.arrival_s[id] ?? 0) < from_s) continue;
    arrived++;
    if (requests.outcome[id] === rejected) failed++;
  }
  const sum = (column: Int32Array): number => measured.reduce((total, id) => total + (column[id] ?? 0), 0);
  return {
    date: stamp(),
    num_prompts: arrived,
    ...loadOf(config, trace),
    duration: to_s - from_s,
    completed: measured.length,
    failed,
    total_input_tokens: sum(requests.prompt_tokens),
    total_output_tokens: sum(requests.output_tokens),
    request_throughput: report.throughput_rps,
    request_goodput: report.slo?.goodput_rps ?? null,
    output_throughput: report.output_tokens_per_s,
    total_token_throughput: report.prompt_tokens_per_s + report.output_tokens_per_s,
  };
}

/** How requests were sent, in vLLM's words: clients that wait send as fast as `max_concurrency` lets them. */
function loadOf(
  config: RunRecord['config'],
  trace: RunRecord['trace'],
): Record<string, number | string | null> {
  const { arrival } = config;
  if (config.trace === undefined && arrival?.process === 'closed_loop') {
    return { request_rate: 'inf', burstiness: 1, max_concurrency: arrival.concurrency };
  }
  const { rate_per_s, burstiness } = offeredLoad(config, trace);
  return { request_rate: rate_per_s, burstiness, max_concurrency: null };
}

function latencies({ result: { report } }: RunRecord): Record<string, number | null> {
  const named: ReadonlyArray<readonly [string, Summary]> = [
    ['ttft', report.ttft_s],
    ['tpot', report.tpot_s],
    ['itl', report.itl_s],
    ['e2el', report.e2e_s],
  ];
  const ms = (seconds: number | null): number | null => (seconds === null ? null : seconds * MS);
  return Object.fromEntries(
    named.flatMap(([name, { mean, p50, std, p99 }]) => [
      [`mean_${name}_ms`, ms(mean)],
      [`median_${name}_ms`, ms(p50)],
      [`std_${name}_ms`, ms(std)],
      [`p99_${name}_ms`, ms(p99)],
    ]),
  );
}

/** The arrays, one entry per measured request, written piece by piece: there is an ITL for every token. */
function writeDetails(out: Sink, requests: RequestLog, measured: number[]): void {
  const of = (column: ArrayLike<number>, id: number): number => column[id] ?? 0;
  const firstToken = (id: number): number => of(requests.first_token_s, id);
  const columns: Record<string, (id: number) => string> = {
    input_lens: (id) => String(of(requests.prompt_tokens, id)),
    output_lens: (id) => String(of(requests.output_tokens, id)),
    ttfts: (id) => nanoseconds(firstToken(id) - of(requests.arrival_s, id)),
    itls: (id) => gaps(of(requests.completed_s, id) - firstToken(id), of(requests.output_tokens, id) - 1),
    start_times: (id) => String(of(requests.arrival_s, id)),
  };
  for (const [name, cell] of Object.entries(columns)) {
    out.write(`  ${JSON.stringify(name)}: [`);
    for (const [index, id] of measured.entries()) out.write(`${index === 0 ? '' : ','}${cell(id)}`);
    out.write('],\n');
  }
}

/** Tokens after the first come at a steady rate. */
function gaps(span_s: number, count: number): string {
  if (count === 0) return '[]';
  const gap = nanoseconds(span_s / count);
  return `[${gap}${`,${gap}`.repeat(count - 1)}]`;
}

function nanoseconds(seconds: number): string {
  return String(Number(seconds.toFixed(9)));
}

/** Now, as vLLM writes it; SOURCE_DATE_EPOCH fixes it for reproducible files. */
function stamp(): string {
  const epoch = process.env.SOURCE_DATE_EPOCH;
  const now = epoch === undefined ? new Date() : new Date(Number(epoch) * 1000);
  return now.toISOString().slice(0, 19).replaceAll('-', '').replaceAll(':', '').replace('T', '-');
}
