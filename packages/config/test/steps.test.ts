/** Clusters of the step model: what reaches the engine, checked by times that can be computed by hand. */
import { type ReplayWorkload, simulate } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { type CompileOptions, compile, formatProblem } from '../src/index.ts';
import { configOf } from './loading.ts';

const one: ReplayWorkload = { kind: 'replay', arrival_s: [0], prompt_tokens: [1000], output_tokens: [3] };
const TIMES =
  'step_time: {base_s: 0.01, prefill_token_s: 1.0e-4, decode_seq_s: 1.0e-3, decode_context_token_s: 1.0e-5, prefill_attention_s: 1.0e-8}';

function run(text: string, trace: ReplayWorkload = one) {
  const options: CompileOptions = { trace, keep_requests: true };
  const compiled = compile(configOf(`trace: {path: a.csv}\nwarmup_seconds: 0\n${text}`), options);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  const { report, requests } = simulate(compiled.plan);
  return {
    report,
    ttft_s: report.ttft_s.mean ?? Number.NaN,
    completed_s: requests?.completed_s[0] ?? Number.NaN,
  };
}

const mono = (replica: string, pool = 'replicas: 1'): string =>
  `cluster_mono: {model: steps, ${pool}, replica: {${replica}}}\n`;

describe('a monolithic cluster of replicas', () => {
  it('has the written step times', () => {
    // One prefill of 1000 tokens, then two decode steps with 1001 and 1002 tokens of context.
    const { ttft_s, completed_s } = run(mono(TIMES));
    const prefill = 0.01 + 0.1 + 1e-8 * 1000 * 500;
    expect(ttft_s).toBeCloseTo(prefill, 12);
    expect(completed_s).toBeCloseTo(prefill + 2 * 0.011 + 1e-5 * (1001 + 1002), 12);
  });

  it('has the default step times where the file is silent', () => {
    expect(run(mono('')).ttft_s).toBeCloseTo(0.006 + 0.05 + 1e-9 * 1000 * 500, 12);
    expect(run(mono('step_time: {base_s: 1}')).ttft_s).toBeCloseTo(1.05 + 1e-9 * 1000 * 500, 12);
  });

  it('cuts a prompt to the budget of a step', () => {
    // 400 + 400 + 200 tokens; the attention of all pieces is that of the whole.
    const { ttft_s } = run(mono(`max_num_batched_tokens: 400, ${TIMES}`));
    expect(ttft_s).toBeCloseTo(0.03 + 0.1 + 1e-8 * 1000 * 500, 12);
  });

  it('without chunked prefill turns away a prompt that exceeds the budget', () => {
    const text = mono(`max_num_batched_tokens: 400, enable_chunked_prefill: false, ${TIMES}`);
    expect(run(text).report.outcomes).toMatchObject({ completed: 0, rejected: 1 });
  });

  it('turns away what exceeds all KV blocks, and knows no limit without num_gpu_blocks', () => {
    // 1000 + 3 − 1 tokens in blocks of 16: 63 blocks.
    expect(run(mono(`num_gpu_blocks: 62, ${TIMES}`)).report.outcomes.rejected).toBe(1);
    expect(run(mono(`num_gpu_blocks: 63, ${TIMES}`)).report.outcomes.completed).toBe(1);
    expect(run(mono(`num_gpu_blocks: 125, block_size: 8, ${TIMES}`)).report.outcomes.rejected).toBe(1);
    expect(run(mono(TIMES)).report.outcomes.completed).toBe(1);
  });

  it('spreads requests as its routing says', () => {
    // Long, short, long, short: in turn, both long ones meet on one replica; by load, they do not.
    const four: ReplayWorkload = {
      kind: 'replay',
      arrival_s: [0, 0.001, 0.002, 0.003],
      prompt_tokens: [5000, 1, 5000, 1],
      output_tokens: [1, 1, 1, 1],
      session: [1, 2, 1, 2],
    };
    const last = (routing: string): number =>
      run(mono(TIMES, `replicas: 2, routing: ${routing}`), four).report.ttft_s.max ?? 0;
    expect(last('least_tokens')).toBeLessThan(0.7 * last('round_robin'));
    expect(last('least_tokens, routing_refresh_s: 100')).toBeLessThanOrEqual(last('round_robin'));
    expect(last('least_outstanding')).toBeLessThanOrEqual(last('round_robin'));
    for (const routing of ['random', 'power_of_two', 'session']) {
      expect(run(mono(TIMES, `routing: ${routing}`), four).report.outcomes.completed).toBe(4);
    }
  });

  it('runs as many sequences as max_num_seqs, on as many replicas as written', () => {
    const two: ReplayWorkload = {
      kind: 'replay',
      arrival_s: [0, 0],
      prompt_tokens: [1, 1],
      output_tokens: [9, 9],
    };
    const last = (text: string): number => run(text, two).report.e2e_s.max ?? 0;
    const together = last(mono(TIMES));
    expect(last(mono(`max_num_seqs: 1, ${TIMES}`))).toBeGreaterThan(1.5 * together);
    expect(last(mono(`max_num_seqs: 1, ${TIMES}`, 'replicas: 2'))).toBeLessThan(together);
  });
});

describe('a disaggregated cluster of replicas', () => {
  const disagg = (more = ''): string =>
    `mode: disagg\ncluster_disagg: {model: steps, prefill_replica: {${TIMES}}, decode_replica: {${TIMES}}${more}}\n`;

  it('emits the first token after the first decode step', () => {
    const prefill = 0.01 + 0.1 + 1e-8 * 1000 * 500;
    expect(run(disagg()).ttft_s).toBeCloseTo(prefill + 0.011 + 1e-5 * 1000, 12);
  });

  it('or at the end of prefill', () => {
    const prefill = 0.01 + 0.1 + 1e-8 * 1000 * 500;
    expect(run(disagg(', first_token: prefill')).ttft_s).toBeCloseTo(prefill, 12);
  });

  it('transfers share network cards and fabric when they are said to', () => {
    const two: ReplayWorkload = {
      kind: 'replay',
      arrival_s: [0, 0],
      prompt_tokens: [1000, 1000],
      output_tokens: [2, 2],
    };
    const last = (more: string): number => {
      const link = `link: {bandwidth_bytes_per_s: 1.0e6, kv_bytes_per_token: 1000${more}}`;
      return run(disagg(`, ${link}, prefill_replicas: 2, decode_replicas: 2`), two).report.ttft_s.max ?? 0;
    };
    const alone = last('');
    expect(last(', sharing: fair')).toBeCloseTo(alone, 9);
    expect(last(', sharing: fair, fabric_bytes_per_s: 1.0e6') - alone).toBeCloseTo(1, 9);
    expect(last(', sharing: fair, nic_bytes_per_s: {decode: 5.0e5}') - alone).toBeCloseTo(1, 9);
  });

  it('layers move while others are computed', () => {
    const link = (more: string): number =>
      run(disagg(`, link: {bandwidth_bytes_per_s: 1.0e8, kv_bytes_per_token: 10000${more}}`)).ttft_s;
    // Both take 0.1 s and more; of the transfer, the last of ten layers is left when prefill ends.
    expect(link('') - link(', overlap: layerwise, layers: 10')).toBeCloseTo(0.09, 9);
  });

  it('layers go ahead over a shared link and into reserved blocks too', () => {
    const link = (more: string): number =>
      run(disagg(`, link: {bandwidth_bytes_per_s: 1.0e8, kv_bytes_per_token: 10000${more}}`)).ttft_s;
    const alone = link(', overlap: layerwise, layers: 10');
    expect(link(', overlap: layerwise, layers: 10, sharing: fair')).toBeCloseTo(alone, 9);
    expect(link(', overlap: layerwise, layers: 10, reserve: true')).toBeCloseTo(alone, 9);
    expect(link(', overlap: layerwise, layers: 10, sharing: fair, reserve: true')).toBeCloseTo(alone, 9);
  });

  it('a transfer waits for blocks that it reserves', () => {
    const two: ReplayWorkload = {
      kind: 'replay',
      arrival_s: [0, 0],
      prompt_tokens: [1000, 1000],
      output_tokens: [500, 2],
    };
    const decode = `decode_replica: {num_gpu_blocks: 100, ${TIMES}}`;
    const text = (reserve: boolean): string =>
      `mode: disagg\ncluster_disagg: {model: steps, decode_replicas: 1, prefill_replica: {${TIMES}}, ${decode}, link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 1.0e6, reserve: ${reserve}}}\n`;
    const transfer = (reserve: boolean): number => run(text(reserve), two).report.ttft_s.max ?? 0;
    // A transfer takes 1 s, and begins only once the first answer has left.
    expect(transfer(true) - transfer(false)).toBeCloseTo(1, 1);
  });

  it('a link delays it by latency and bytes over bandwidth', () => {
    const link = ', link: {latency_s: 0.5, bandwidth_bytes_per_s: 1.0e6, kv_bytes_per_token: 100}';
    expect(run(disagg(link)).ttft_s - run(disagg()).ttft_s).toBeCloseTo(0.5 + 0.1, 12);
  });
});
