/** What a run of the step model writes: its report at 80 columns, its rows, its keys. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulationReport } from '@llmsim/engine';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { folder, llmsim } from './program.ts';

const REPLICA = `
    max_num_seqs: 32
    max_num_batched_tokens: 1024
    enable_chunked_prefill: true
    block_size: 16
    num_gpu_blocks: 220
    step_time: {base_s: 0.006, prefill_token_s: 5.0e-5, decode_seq_s: 2.0e-5, decode_context_token_s: 2.0e-8, prefill_attention_s: 1.0e-9}`;
/** Few blocks, so that requests are preempted and some never fit. */
const SCENARIO = `sim_seconds: 120
warmup_seconds: 10
random_seed: 7
arrival: {rate_per_s: 4}
cluster_mono:
  model: steps
  replicas: 2
  replica:${REPLICA}
cluster_disagg:
  model: steps
  prefill_replicas: 1
  decode_replicas: 2
  prefill_replica:${REPLICA}
  decode_replica:${REPLICA}
  link: {latency_s: 0.002, bandwidth_bytes_per_s: 25.0e9, kv_bytes_per_token: 131072}
slo: {ttft_s: 0.5, tpot_s: 0.05}
`;

describe.each(['mono', 'disagg'] as const)('a %s run in steps', (mode) => {
  let stdout = '';
  let traceEvents: Array<{ ph: string; name: string; pid: number; tid: number; ts: number; dur: number }> =
    [];
  let rows: Array<Record<string, string>> = [];
  let sums: Array<Record<string, string>> = [];
  let json: Record<string, unknown> & { readonly report: SimulationReport };

  beforeAll(async () => {
    const cwd = folder({ 's.yaml': `mode: ${mode}\n${SCENARIO}` }, afterAll);
    const outputs = ['--requests', 'q.csv', '-o', 'r.csv', '-o', 'r.json', '-o', 'r.trace.json'];
    const ran = await llmsim(['run', 's.yaml', ...outputs], { cwd });
    expect(ran.code, ran.stderr).toBe(0);
    stdout = ran.stdout;
    const text = (file: string): string => readFileSync(join(cwd, file), 'utf8');
    rows = parse(text('q.csv'), { columns: true });
    sums = parse(text('r.csv'), { columns: true });
    json = JSON.parse(text('r.json'));
    traceEvents = JSON.parse(text('r.trace.json')).traceEvents;
  });

  it('draws requests that a replica serves at once on lines of their own', () => {
    const slices = traceEvents.filter(({ ph }) => ph === 'X').sort((a, b) => a.ts - b.ts);
    const ends = new Map<string, number>();
    for (const { pid, tid, ts, dur } of slices) {
      const line = `${pid} ${tid}`;
      expect(ts).toBeGreaterThanOrEqual((ends.get(line) ?? 0) - 1e-3);
      ends.set(line, ts + dur);
    }
    expect(ends.size).toBeGreaterThan(3);
    expect(traceEvents.filter(({ name }) => name === 'thread_name').length).toBe(ends.size);
  });

  it('fits 80 columns and shows what belongs to batches', () => {
    const lines = stdout.split('\n');
    const report = lines.slice(0, lines.indexOf('Try next'));
    expect(Math.max(...report.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toMatch(/ mean +max +mean +max +preemptions +steps /);
    expect(stdout).toMatch(/ per GPU +per user +requests\n/);
    expect(stdout).toContain(mode === 'mono' ? 'mono: 2 replicas' : 'disagg: 1 prefill + 2 decode replicas');
  });

  it('has a row per request with the columns of the step model', () => {
    expect(Object.keys(rows[0] ?? {}).join()).toBe(
      'id,arrival_s,prompt_tokens,output_tokens,outcome,scheduled_s,prefill_end_s,transfer_end_s,' +
        'decode_scheduled_s,first_token_s,completed_s,preemptions',
    );
    for (const row of rows.filter(({ outcome }) => outcome === 'completed')) {
      const between = mode === 'mono' ? [] : [row.transfer_end_s, row.decode_scheduled_s];
      const instants = [
        row.arrival_s,
        row.scheduled_s,
        row.prefill_end_s,
        ...between,
        row.first_token_s,
        row.completed_s,
      ];
      expect(instants.map(Number)).toEqual(instants.map(Number).sort((a, b) => a - b));
      if (mode === 'mono') expect([row.transfer_end_s, row.decode_scheduled_s]).toEqual(['', '']);
    }
    expect(rows.some(({ outcome }) => outcome === 'rejected')).toBe(true);
    expect(rows.some(({ preemptions }) => Number(preemptions) > 0)).toBe(true);
  });

  it('repeats the pools of the report in the row and in the headline', () => {
    const [sum = {}] = sums;
    expect([json.report.model, sum.model]).toEqual(['steps', 'steps']);
    for (const { name, batching } of json.report.pools) {
      for (const [fact, value] of Object.entries(batching ?? {})) {
        expect(sum[`${fact}_${name}`], `${fact}_${name}`).toBe(String(value ?? ''));
      }
    }
    if (mode === 'mono') expect(json.replicas).toBe(2);
    else expect([json.prefill_replicas, json.decode_replicas]).toEqual([1, 2]);
  });
});

it('counts a request that is turned away as the run ends in .vllm.json, as its SLO does', async () => {
  const trace = 'arrival_s,prompt_tokens,output_tokens\n0,10,2\n1,10,2\n30,100000,5\n';
  const scenario = `warmup_seconds: 0
trace: {path: t.csv}
cluster_mono:
  model: steps
  replica: {num_gpu_blocks: 100}
slo: {ttft_s: 1}
`;
  const cwd = folder({ 's.yaml': scenario, 't.csv': trace }, afterAll);
  const ran = await llmsim(['run', 's.yaml', '-q', '-o', 'r.vllm.json'], { cwd });
  expect(ran.code, ran.stderr).toBe(0);
  const {
    num_prompts,
    completed,
    failed,
    llmsim: ours,
  } = JSON.parse(readFileSync(join(cwd, 'r.vllm.json'), 'utf8'));
  expect({ num_prompts, completed, failed }).toEqual({ num_prompts: 3, completed: 2, failed: 1 });
  expect(ours.report.slo.judged).toBe(num_prompts);
});
