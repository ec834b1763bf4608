/**
 * Published benchmarks, driven as they were: C clients, 10·C prompts, all at time 0. The configuration goes the way
 * of any scenario file, so the catalogue, its estimates and the KV arithmetic are part of what is compared.
 */
import { checkConfig, clusterHardware, compile } from '@llmsim/config';
import { simulate } from '@llmsim/engine';
import { type BenchmarkRow, llama70bRows, qwen32bRows } from './measurements.ts';

/** `other engine`: step times measured on another engine than the row's. */
type Origin = 'preset' | 'other engine' | 'estimate';

export interface BenchmarkRun {
  readonly row: BenchmarkRow;
  readonly origin: Origin;
  readonly ttft_s: number;
  readonly tpot_s: number;
  /** Mean part of TTFT spent waiting. */
  readonly queue_s: number;
  readonly preemptions: number;
  /** Most of the KV blocks in use, as a share. */
  readonly max_kv_use: number;
  /** Requests whose whole answers the KV cache holds, at the mean length. */
  readonly whole_answers: number;
}

/** How lengths were drawn, and whose weights. */
interface Benchmark {
  readonly model: string;
  readonly shortest: number;
  readonly kv_cache_dtype: 'auto' | 'fp8';
}

/** Lengths are uniform from 0.8 of the nominal one. */
const LLAMA_70B: Benchmark = { model: 'llama-3.3-70b', shortest: 0.8, kv_cache_dtype: 'fp8' };
/** Not stated; taken as fixed. */
const QWEN_32B: Benchmark = { model: 'qwen3-32b', shortest: 1, kv_cache_dtype: 'auto' };

export function llama70b(): BenchmarkRun[] {
  return llama70bRows().map((row) => run(row, LLAMA_70B));
}

export function qwen32b(): BenchmarkRun[] {
  return qwen32bRows().map((row) => run(row, QWEN_32B));
}

/** Whether the row had an engine that keeps a prompt until the KV cache of its whole answer is free. */
export function reservesAnswers({ row }: BenchmarkRun): boolean {
  return row.engine === 'trtllm';
}

/** The same run on an engine that admits no more requests than it holds whole answers of. */
export function withReservedAnswers({ row, whole_answers }: BenchmarkRun): BenchmarkRun {
  return run(row, LLAMA_70B, Math.min(row.concurrency, whole_answers));
}

function run(
  row: BenchmarkRow,
  { model, shortest, kv_cache_dtype }: Benchmark,
  max_num_seqs = row.concurrency,
): BenchmarkRun {
  const { gpu, engine, precision, tensor_parallel_size, concurrency } = row;
  const lengths = (tokens: number) => ({ mode: 'uniform', min: Math.floor(shortest * tokens), max: tokens });
  const checked = checkConfig({
    mode: 'mono',
    warmup_seconds: 0,
    random_seed: 1,
    arrival: { process: 'closed_loop', concurrency, max_requests: 10 * concurrency },
    prompt_tokens: lengths(row.input_tokens),
    output_tokens: lengths(row.output_tokens),
    cluster_mono: {
      model: 'steps',
      replicas: 1,
      replica: {
        model,
        gpu,
        precision,
        tensor_parallel_size,
        kv_cache_dtype,
        max_num_seqs,
        max_num_batched_tokens: engine === 'trtllm' ? 16_384 : 8192,
      },
    },
  });
  if (!checked.ok) throw new Error(checked.problems.map(({ message }) => message).join('\n'));
  const { config } = checked;
  const [hardware] = clusterHardware(config);
  const compiled = compile(config);
  if (hardware === undefined || !compiled.ok) throw new Error('The replica names its hardware and can run');
  const { report } = simulate(compiled.plan);
  const batching = report.pools[0]?.batching;
  const mean_tokens = ((1 + shortest) / 2) * (row.input_tokens + row.output_tokens);
  const { num_gpu_blocks, memory, measurement } = hardware;
  return {
    row,
    origin: originOf(measurement?.engine ?? null, engine),
    ttft_s: report.ttft_s.mean ?? Number.NaN,
    tpot_s: report.tpot_s.mean ?? Number.NaN,
    queue_s: report.breakdown?.mean.prefill_queue_s ?? Number.NaN,
    preemptions: batching?.preemptions ?? 0,
    max_kv_use: batching?.max_kv_use ?? 0,
    whole_answers: Math.floor((num_gpu_blocks * memory.block_size) / mean_tokens),
  };
}

function originOf(measured: string | null, engine: BenchmarkRow['engine']): Origin {
  if (measured === null) return 'estimate';
  return measured.startsWith(engine === 'vllm' ? 'vLLM' : 'TensorRT-LLM') ? 'preset' : 'other engine';
}
