/** The catalogue: its data against its sources, memory against sums by hand, estimates against measurements. */
import { type ReplayWorkload, simulate } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { kvBytesPerToken } from '../src/hardware/models.ts';
import { estimateStepTime } from '../src/hardware/step-time-estimate.ts';
import { clusterHardware, compile, formatProblem, gpus, kvMemory, models, presets } from '../src/index.ts';
import { configOf } from './loading.ts';

const few: ReplayWorkload = {
  kind: 'replay',
  arrival_s: [0, 0, 0.5],
  prompt_tokens: [100, 1000, 10],
  output_tokens: [50, 1, 20],
};

const mono = (replica: string): string => `cluster_mono: {model: steps, replica: {${replica}}}\n`;

function hardwareOf(replica: string) {
  const [hardware] = clusterHardware(configOf(mono(replica)));
  if (hardware === undefined) throw new Error('names no hardware');
  return hardware;
}

function firstTokenOf(replica: string): number {
  const compiled = compile(configOf(`trace: {path: a.csv}\nwarmup_seconds: 0\n${mono(replica)}`), {
    trace: { kind: 'replay', arrival_s: [0], prompt_tokens: [1000], output_tokens: [1] },
  });
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return simulate(compiled.plan).report.ttft_s.mean ?? Number.NaN;
}

describe.each([...presets])('preset %s', (name, row) => {
  it('names a GPU and a model with weights in its precision', () => {
    expect(gpus.has(row.gpu)).toBe(true);
    expect(models.get(row.model)?.weights_bytes.has(row.precision)).toBe(true);
  });

  it('has the KV bytes of its model, at one or two bytes a value', () => {
    const model = models.get(row.model);
    const values = model === undefined ? 0 : kvBytesPerToken(model, 1);
    expect([values, 2 * values]).toContain(row.kv_bytes_per_token);
  });

  it('fits its GPUs, compiles and runs', () => {
    const compiled = compile(
      configOf(`trace: {path: a.csv}\nwarmup_seconds: 0\n${mono(`preset: ${name}`)}`),
      {
        trace: few,
      },
    );
    if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
    const { outcomes, ttft_s } = simulate(compiled.plan).report;
    expect(outcomes.completed).toBe(3);
    // A first token takes a step at least, and the longest prompt here no more than two.
    expect(ttft_s.min).toBeGreaterThan(row.step_time.base_s);
    expect(ttft_s.max).toBeLessThan(2 * row.step_time.base_s + 1110 * row.step_time.prefill_token_s + 0.05);
  });

  it('is found by its model, GPU and tensor parallelism too', () => {
    const { model, gpu, precision, tensor_parallel_size } = row;
    const keys = `model: ${model}, gpu: ${gpu}, precision: ${precision}, tensor_parallel_size: ${tensor_parallel_size}`;
    const found = hardwareOf(keys);
    expect(found.measurement).not.toBeNull();
    if (!name.endsWith('tensorrt-llm')) expect(found).toEqual(hardwareOf(`preset: ${name}`));
  });
});

describe('step times', () => {
  it('are those of the table', () => {
    expect(presets.get('llama-3.1-8b/bf16/h100-sxm/tp1')).toMatchObject({
      engine: 'vLLM 0.19 kernels',
      source_kind: 'op-profile',
      step_time: {
        base_s: 6.49e-3,
        decode_seq_s: 8.4e-6,
        decode_context_token_s: 4.32e-8,
        prefill_token_s: 1.782e-5,
        prefill_attention_s: 1.1e-9,
      },
      decode_error_pct: 1.5,
      prefill_error_pct: 4.8,
    });
    expect(presets.size).toBe(23);
    expect(presets.get('llama-3.1-8b/bf16/h100-sxm/tp1/tensorrt-llm')?.step_time.base_s).toBe(6.41e-3);
  });

  it('of a preset reach the engine, and written ones replace them one by one', () => {
    const preset = 'preset: llama-3.1-8b/bf16/h100-sxm/tp1';
    const expected = 6.49e-3 + 1000 * 1.782e-5 + 1.1e-9 * 500_000;
    expect(firstTokenOf(preset)).toBeCloseTo(expected, 12);
    expect(firstTokenOf(`${preset}, step_time: {base_s: 1}`)).toBeCloseTo(expected - 6.49e-3 + 1, 12);
  });

  it('of a pair that nobody measured are estimated, by hand: 8B on two L4', () => {
    const { measurement, step_time } = hardwareOf('model: llama-3.1-8b, gpu: l4, tensor_parallel_size: 2');
    expect(measurement).toBeNull();
    // 16.06 GB over 2 × 300 GB/s at 0.67; 2 · 8.03e9 operations at 2 × 121 TFLOP/s and 0.6.
    expect(step_time.base_s).toBeCloseTo(16.06 / 600 / 0.67, 12);
    expect(step_time.prefill_token_s).toBeCloseTo(16.06e9 / (242e12 * 0.6), 12);
    expect(step_time.decode_context_token_s).toBeCloseTo((1.3 * 131072) / 600e9, 15);
    expect(step_time.decode_seq_s).toBeCloseTo(0.7 * step_time.prefill_token_s, 15);
    expect(step_time.prefill_attention_s).toBeCloseTo((4 * 32 * 4096) / (242e12 * 0.5), 18);
  });

  it('in 8 bits use the 8-bit rate where the GPU has one', () => {
    const prefill = (gpu: string): number =>
      hardwareOf(`model: llama-3.1-70b, precision: fp8, tensor_parallel_size: 8, gpu: ${gpu}`).step_time
        .prefill_token_s;
    expect(prefill('h100-sxm')).toBeCloseTo(141.2e9 / (8 * 1978e12 * 0.4), 12);
    expect(prefill('a100-sxm-80')).toBeCloseTo(141.2e9 / (8 * 312e12 * 0.4), 12);
  });
});

/** What config.json has beyond the catalogue; matrices of a layer: query and output, key and value, three of the MLP. */
describe.each([
  ['llama-3.1-8b', { intermediate_size: 14_336, vocab_size: 128_256, norms: 2 * 4096 }],
  ['llama-3.1-70b', { intermediate_size: 28_672, vocab_size: 128_256, norms: 2 * 8192 }],
  ['llama-2-70b', { intermediate_size: 28_672, vocab_size: 32_000, norms: 2 * 8192 }],
  ['qwen3-32b', { intermediate_size: 25_600, vocab_size: 151_936, norms: 2 * 5120 + 2 * 128 }],
])('the shape of %s', (name, { intermediate_size, vocab_size, norms }) => {
  const model = models.get(name);
  if (model === undefined) throw new Error('not in the catalogue');
  const { num_layers, hidden_size, num_attention_heads, num_key_value_heads, head_dim, weights_bytes } =
    model;
  const attention = 2 * hidden_size * head_dim * (num_attention_heads + num_key_value_heads);
  const linear = num_layers * (attention + 3 * hidden_size * intermediate_size);
  const embeddings = 2 * vocab_size * hidden_size;
  const vectors = num_layers * norms + hidden_size;

  it('gives its parameters and its 16-bit weights', () => {
    const parameters = linear + embeddings + vectors;
    expect(Math.abs(model.active_parameters / parameters - 1)).toBeLessThan(0.0015);
    const halves = weights_bytes.get('bf16') ?? weights_bytes.get('fp16') ?? 0;
    expect(Math.abs(halves / (2 * parameters) - 1)).toBeLessThan(0.001);
    if (name === 'llama-3.1-8b') expect(parameters).toBe(8_030_261_248);
  });

  it('gives its 8-bit weights, with embeddings and output layer in 16 bits', () => {
    const bytes = weights_bytes.get('fp8');
    if (bytes === undefined) return;
    expect(Math.abs(bytes / (linear + 2 * (embeddings + vectors)) - 1)).toBeLessThan(0.001);
  });
});

describe('estimates', () => {
  const rows = [...presets.values()];
  const estimated = rows.flatMap((row) => {
    const model = models.get(row.model);
    const gpu = gpus.get(row.gpu);
    const weights_bytes = model?.weights_bytes.get(row.precision);
    if (model === undefined || gpu === undefined || weights_bytes === undefined) return [];
    return [{ row, estimate: estimateStepTime({ ...row, model, gpu, weights_bytes }) }];
  });

  it('of every measured combination lie within a factor of 2 of the measurement, for dense models on servers', () => {
    expect(estimated).toHaveLength(rows.length);
    for (const { row, estimate } of estimated) {
      // Other limits bind there: kernel launches, old software, a consumer card.
      if (row.model === 'gpt-oss-120b' || row.model === 'llama-2-70b' || row.gpu === 'rtx-4090') continue;
      // With 8-bit weights, whether cached values had 8 bits too is not certain.
      const context = row.precision === 'fp8' ? [] : (['decode_context_token_s'] as const);
      for (const key of ['base_s', 'prefill_token_s', ...context] as const) {
        const ratio = estimate[key] / row.step_time[key];
        expect(
          Math.max(ratio, 1 / ratio),
          `${row.gpu} tp${row.tensor_parallel_size} ${row.model} ${key}`,
        ).toBeLessThan(2);
      }
    }
  });

  it('per decoding request have the median ratio of the measurements', () => {
    const ratios = rows.map(({ step_time }) => step_time.decode_seq_s / step_time.prefill_token_s);
    expect(ratios.sort((a, b) => a - b)[Math.floor(ratios.length / 2)]).toBeCloseTo(0.7, 1);
  });
});

describe('KV memory', () => {
  it('is what the weights and the overhead leave: 8B on an H100', () => {
    // 80 GiB · 0.9 = 77.309 GB; less 16.06 and 3: 58.249 GB; by 131072 · 16 bytes a block.
    const { memory, num_gpu_blocks } = hardwareOf('preset: llama-3.1-8b/bf16/h100-sxm/tp1');
    expect(memory.usable_bytes).toBeCloseTo(77_309_411_328, 0);
    expect(memory.kv_bytes).toBeCloseTo(58_249_411_328, 0);
    expect(num_gpu_blocks).toBe(27_775);
  });

  it('grows with the GPUs, the share and smaller values: 70B on four H100', () => {
    // 4 · 80 GiB · 0.95 = 326.42 GB; less 141.1 and 12: 173.32 GB; by 163840 · 32 bytes a block.
    const { num_gpu_blocks } = hardwareOf(
      'preset: llama-3.1-70b/bf16/h100-sxm/tp4, gpu_memory_utilization: 0.95, kv_cache_dtype: fp8, block_size: 32',
    );
    expect(num_gpu_blocks).toBe(Math.floor((4 * 85_899_345_920 * 0.95 - 141.1e9 - 12e9) / (163_840 * 32)));
    expect(num_gpu_blocks).toBe(33_057);
  });

  it('is none when the model does not fit, never negative', () => {
    const memory = kvMemory({
      tensor_parallel_size: 1,
      memory_bytes: 10e9,
      gpu_memory_utilization: 1,
      weights_bytes: 8e9,
      kv_bytes_per_token: 1,
      block_size: 1,
    });
    expect(memory).toMatchObject({ kv_bytes: -1e9, num_gpu_blocks: 0 });
  });

  it('reaches the engine: what exceeds it is rejected, what fills it runs', () => {
    const outcomes = (prompt: number) => {
      const text = `trace: {path: a.csv}\nwarmup_seconds: 0\n${mono('preset: llama-3.1-8b/bf16/rtx-4090/tp1')}`;
      const compiled = compile(configOf(text), {
        trace: { kind: 'replay', arrival_s: [0], prompt_tokens: [prompt], output_tokens: [1] },
      });
      if (!compiled.ok) throw new Error('does not compile');
      return simulate(compiled.plan).report.outcomes;
    };
    // 24 GiB · 0.9 − 16.06 GB − 3 GB = 4.132 GB: 1970 blocks of 16 tokens.
    expect(hardwareOf('preset: llama-3.1-8b/bf16/rtx-4090/tp1').num_gpu_blocks).toBe(1970);
    expect(outcomes(1970 * 16)).toMatchObject({ completed: 1 });
    expect(outcomes(1970 * 16 + 1)).toMatchObject({ rejected: 1 });
  });

  it('gives way to a written number of blocks', () => {
    expect(hardwareOf('preset: llama-3.1-8b/bf16/rtx-4090/tp1, num_gpu_blocks: 5')).toMatchObject({
      num_gpu_blocks: 5,
      memory: { num_gpu_blocks: 1970 },
    });
  });

  it('gives the link its bytes per token, unless the file does', () => {
    const ttft = (link: string): number => {
      const preset = '{preset: llama-3.1-8b/bf16/h100-sxm/tp1}';
      const text = `mode: disagg\ntrace: {path: a.csv}\nwarmup_seconds: 0\ncluster_disagg: {model: steps, prefill_replica: ${preset}, decode_replica: ${preset}${link}}\n`;
      const compiled = compile(configOf(text), {
        trace: { kind: 'replay', arrival_s: [0], prompt_tokens: [1000], output_tokens: [1] },
      });
      if (!compiled.ok) throw new Error('does not compile');
      return simulate(compiled.plan).report.ttft_s.mean ?? Number.NaN;
    };
    const none = ttft('');
    expect(ttft(', link: {bandwidth_bytes_per_s: 1.0e9}') - none).toBeCloseTo(0.131072, 9);
    expect(ttft(', link: {bandwidth_bytes_per_s: 1.0e9, kv_bytes_per_token: 1.0e5}') - none).toBeCloseTo(
      0.1,
      9,
    );
  });
});
