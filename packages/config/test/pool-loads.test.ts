/** What a pool can serve, from means: by hand, and against what the simulation then serves. */
import { simulate } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { checkSize, compile, estimate, formatProblem, poolLoads } from '../src/index.ts';
import { configOf } from './loading.ts';

const LENGTHS = { prompt_tokens: 1000, output_tokens: 101 };
const TIMES =
  'step_time: {base_s: 0.01, prefill_token_s: 1.0e-5, decode_seq_s: 1.0e-4, decode_context_token_s: 1.0e-8, prefill_attention_s: 1.0e-9}';

const steady = (mode: string): string =>
  `mode: ${mode}\nsim_seconds: 200\nwarmup_seconds: 100\nprompt_tokens: {mode: real_mean_std, mean: 1000, std: 0}\noutput_tokens: {mode: real_mean_std, mean: 101, std: 0}\n`;

describe('the load of a pool', () => {
  it('of GPUs is that of their token rates', () => {
    const config = configOf(
      'mode: disagg\ncluster_disagg: {prefill_gpus: 2, decode_gpus: 4, prefill_tokens_per_s: 1000, decode_tokens_per_s: 50.5}',
    );
    expect(poolLoads(config, 3, LENGTHS)).toEqual([
      {
        pool: 'prefill',
        key: 'cluster_disagg.prefill_gpus',
        server: 'GPU',
        servers: 2,
        gpus: 2,
        service_s: 1,
        capacity_rps: 2,
        load: 1.5,
      },
      {
        pool: 'decode',
        key: 'cluster_disagg.decode_gpus',
        server: 'GPU',
        servers: 4,
        gpus: 4,
        service_s: 2,
        capacity_rps: 2,
        load: 1.5,
      },
    ]);
  });

  it('of replicas is that of full batches', () => {
    const config = configOf(
      `cluster_mono: {model: steps, replicas: 2, replica: {max_num_seqs: 10, ${TIMES}}}`,
    );
    const [pool] = poolLoads(config, 1, LENGTHS);
    // 100 decode steps shared by ten; 1000 prompt tokens with their attention; 100 tokens over 1050.5 of context.
    const work = 0.01 * 10 + 1000e-5 + 1e-9 * 500_000 + 100 * (1e-4 + 1e-8 * 1050.5);
    expect(pool?.service_s).toBeCloseTo(work, 12);
    expect(pool?.capacity_rps).toBeCloseTo(2 / work, 9);
    expect(pool?.gpus).toBe(2);
  });

  it('counts the GPUs of tensor parallelism, and batches that memory or budget keep small', () => {
    const load = (replica: string) => {
      const config = configOf(`cluster_mono: {model: steps, replicas: 3, replica: {${replica}}}`);
      return poolLoads(config, 1, LENGTHS)[0] ?? { gpus: 0, service_s: 0 };
    };
    expect(load('preset: qwen3-32b/bf16/h100-sxm/tp4').gpus).toBe(12);
    // 1050.5 tokens take 66 blocks, so 132 hold two; a budget of 64 tokens needs 1100 / 64 steps.
    expect(
      load(`num_gpu_blocks: 132, ${TIMES}`).service_s - load(`max_num_seqs: 2, ${TIMES}`).service_s,
    ).toBe(0);
    const small = load(`max_num_batched_tokens: 64, ${TIMES}`).service_s;
    expect(small - load(`max_num_seqs: 1000, ${TIMES}`).service_s).toBeGreaterThan(0.1);
  });

  it.each([
    ['mono', 'cluster_mono: {model: steps, replicas: 2, replica: {max_num_seqs: 32'],
    ['mono', 'cluster_mono: {model: steps, replicas: 2, replica: {num_gpu_blocks: 1000'],
    ['mono', 'cluster_mono: {model: steps, replicas: 2, replica: {max_num_batched_tokens: 256'],
    [
      'disagg',
      `cluster_disagg: {model: steps, prefill_replicas: 1, decode_replicas: 3, decode_replica: {${TIMES}}, prefill_replica: {max_num_seqs: 64`,
    ],
    [
      'disagg',
      `cluster_disagg: {model: steps, prefill_replicas: 3, decode_replicas: 1, prefill_replica: {${TIMES}}, decode_replica: {max_num_seqs: 16`,
    ],
  ])('is what an overloaded %s cluster serves, within a tenth: %s', (mode, cluster) => {
    const config = configOf(`${steady(mode)}arrival: {rate_per_s: 200}\n${cluster}, ${TIMES}}}\n`);
    const compiled = compile(config);
    if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
    const { throughput_rps } = simulate(compiled.plan).report;
    const capacity = Math.min(...poolLoads(config, 200, LENGTHS).map(({ capacity_rps }) => capacity_rps));
    expect(capacity).toBeLessThan(200);
    expect(Math.abs(throughput_rps / capacity - 1)).toBeLessThan(0.1);
  });
});

describe('the size of a run of replicas', () => {
  it('counts the backlog that they leave', () => {
    const text = `${steady('mono')}arrival: {rate_per_s: 200}\ncluster_mono: {model: steps, replicas: 2, replica: {max_num_seqs: 32, ${TIMES}}}\n`;
    const config = configOf(text);
    const compiled = compile(config);
    if (!compiled.ok) throw new Error('does not compile');
    const { in_flight } = simulate(compiled.plan).report.outcomes;
    expect(Math.abs(in_flight / estimate(config).backlog - 1)).toBeLessThan(0.1);
    expect(estimate(configOf('cluster_mono: {model: steps}')).backlog).toBe(0);
  });

  it('is refused when only the queue is too large', () => {
    const text =
      'arrival: {rate_per_s: 1.0e8}\nquantiles: histogram\ncluster_mono: {model: steps, replicas: 1}\n';
    expect(checkSize(configOf(text), 1e9)?.fix).toContain('add GPUs or replicas');
  });
});
