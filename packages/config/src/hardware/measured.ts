/**
 * Step times measured on real GPUs. Knows no estimates.
 *
 * Coefficients were fitted to measurements of others: `e2e-fit` rows to whole serving runs, `op-profile` rows to the
 * sum of single kernels. Credit: ai-dynamo/aiconfigurator with its silicon samples of InferenceMAX (Apache-2.0),
 * casys-kaist/LLMServingSim (MIT), Mutinifni/splitwise-sim (MIT).
 */
import type { StepTime } from '@llmsim/engine';
import type { Precision } from './models.ts';
import type { TensorParallelSize } from './step-time-estimate.ts';

/** One measured combination of model, precision, GPU, tensor parallelism and engine. */
export interface MeasuredStepTime {
  readonly model: string;
  readonly precision: Precision;
  readonly gpu: string;
  readonly tensor_parallel_size: TensorParallelSize;
  readonly engine: string;
  /** `e2e-fit`: from whole serving runs; `op-profile`: from summed kernels, which may be slower than the whole. */
  readonly source_kind: 'e2e-fit' | 'op-profile';
  readonly step_time: StepTime;
  /** Mean absolute error of the fit, percent: of decode steps or TPOT, and of prefill steps. */
  readonly decode_error_pct: number;
  readonly prefill_error_pct: number | null;
  /** Of the KV cache in these runs. */
  readonly kv_bytes_per_token: number;
  readonly source: string;
}

type Row = readonly [
  model: string,
  precision: Precision,
  gpu: string,
  tensor_parallel_size: TensorParallelSize,
  engine: string,
  source_kind: 'e2e-fit' | 'op-profile',
  base_s: number,
  decode_seq_s: number,
  decode_context_token_s: number,
  prefill_token_s: number,
  prefill_attention_s: number | null,
  decode_error_pct: number,
  prefill_error_pct: number | null,
  kv_bytes_per_token: number,
  source: string,
];

// biome-ignore format: a table, one measurement a line
const TABLE: readonly Row[] = [
  ['llama-3.1-8b', 'bf16', 'h100-sxm', 1, 'vLLM 0.19 kernels', 'op-profile', 6.49e-3, 8.4e-6, 4.32e-8, 1.782e-5, 1.1e-9, 1.5, 4.8, 131072, 'aiconfigurator h100_sxm gemm+attention vllm/0.19.0'],
  ['llama-3.1-8b', 'bf16', 'h100-sxm', 1, 'TensorRT-LLM 1.0.0rc3', 'e2e-fit', 6.41e-3, 0, 4.96e-8, 1.981e-5, null, 1.7, null, 131072, 'aiconfigurator silicon_sample 40 rows'],
  ['llama-3.1-8b', 'fp8', 'h100-sxm', 1, 'vLLM 0.19 kernels', 'op-profile', 4.34e-3, 8.3e-6, 4.26e-8, 1.116e-5, 7.7e-10, 1.8, 3.9, 131072, 'aiconfigurator gemm+attention'],
  ['llama-3.1-8b', 'bf16', 'h200-sxm', 1, 'vLLM 0.19 kernels', 'op-profile', 4.99e-3, 9.7e-6, 2.92e-8, 1.91e-5, 3.5e-10, 1.2, 4.4, 131072, 'aiconfigurator gemm+attention'],
  ['llama-3.1-8b', 'bf16', 'b200-sxm', 1, 'vLLM 0.19 kernels', 'op-profile', 3.5e-3, 3.6e-6, 1.82e-8, 8.96e-6, 5.3e-10, 1.7, 6.5, 131072, 'aiconfigurator gemm+attention'],
  ['llama-3.1-8b', 'bf16', 'a100-sxm-80', 1, 'vLLM 0.14 kernels', 'op-profile', 1.158e-2, 2.81e-5, 8.02e-8, 4.077e-5, 2.05e-9, 3.3, 17.7, 131072, 'aiconfigurator gemm+attention'],
  ['llama-3.1-8b', 'bf16', 'l40s', 1, 'vLLM 0.14 kernels', 'op-profile', 2.246e-2, 2.52e-5, 1.89e-7, 4.146e-5, 2.9e-9, 2.8, 15.8, 131072, 'aiconfigurator gemm+attention'],
  ['llama-3.1-8b', 'bf16', 'rtx-4090', 1, 'vLLM 0.19 kernels', 'op-profile', 1.691e-2, 4.17e-5, 1.44e-7, 6.33e-5, 5.1e-9, 1.2, 10.9, 131072, 'LLMServingSim profiler/perf'],
  ['llama-3.1-8b', 'bf16', 'rtx-pro-6000', 1, 'vLLM 0.19 kernels', 'op-profile', 1.112e-2, 1.9e-5, 9.08e-8, 2.66e-5, 2.6e-9, 1.2, 7.9, 131072, 'LLMServingSim profiler/perf'],
  ['qwen3-32b', 'bf16', 'h100-sxm', 2, 'vLLM 0.12.0', 'e2e-fit', 1.386e-2, 4.63e-5, 6.43e-8, 4.806e-5, null, 2.7, null, 262144, 'silicon_sample 26 rows'],
  ['qwen3-32b', 'bf16', 'h100-sxm', 4, 'vLLM 0.12.0', 'e2e-fit', 9.31e-3, 6.04e-5, 2.61e-8, 2.793e-5, null, 1.6, null, 262144, 'silicon_sample 28 rows'],
  ['qwen3-32b', 'bf16', 'h100-sxm', 8, 'vLLM 0.12.0', 'e2e-fit', 7.07e-3, 6.43e-5, 1.16e-8, 1.735e-5, null, 2.1, null, 262144, 'silicon_sample 28 rows'],
  ['qwen3-32b', 'fp8', 'h100-sxm', 1, 'TensorRT-LLM 1.0.0rc3', 'e2e-fit', 1.364e-2, 7.87e-5, 3.13e-8, 6.853e-5, null, 3.7, null, 262144, 'silicon_sample 40 rows'],
  ['llama-3.3-70b', 'fp8', 'h200-sxm', 1, 'TensorRT-LLM (2025-10)', 'e2e-fit', 1.947e-2, 3.39e-5, 4.37e-8, 1.0557e-4, null, 0.6, null, 163840, 'InferenceMAX 14 rows'],
  ['llama-3.3-70b', 'fp8', 'h200-sxm', 2, 'vLLM 0.10.2', 'e2e-fit', 1.316e-2, 3.75e-5, 4.18e-8, 7.04e-5, null, 3.6, null, 163840, 'InferenceMAX 15 rows'],
  ['llama-3.3-70b', 'fp8', 'h200-sxm', 4, 'TensorRT-LLM (2025-10)', 'e2e-fit', 7.62e-3, 3.44e-5, 1.21e-8, 4.07e-5, null, 1.2, null, 163840, 'InferenceMAX 18 rows'],
  ['llama-3.3-70b', 'fp8', 'b200-sxm', 1, 'vLLM 0.10.2', 'e2e-fit', 1.559e-2, 1.01e-5, 2.75e-8, 7.234e-5, null, 1.8, null, 163840, 'InferenceMAX 15 rows'],
  ['llama-3.3-70b', 'fp8', 'b200-sxm', 4, 'TensorRT-LLM (2025-10)', 'e2e-fit', 6.51e-3, 1.59e-5, 9.3e-9, 2.224e-5, null, 1.2, null, 163840, 'InferenceMAX 18 rows'],
  ['llama-3.1-70b', 'bf16', 'a100-sxm-80', 4, 'vLLM 0.14 kernels', 'op-profile', 3.383e-2, 8.75e-5, 5.43e-8, 1.1617e-4, 3.5e-10, 2.7, 15.9, 327680, 'aiconfigurator gemm+attention'],
  ['llama-3.1-70b', 'bf16', 'h100-sxm', 4, 'vLLM 0.19 kernels', 'op-profile', 1.861e-2, 1.56e-5, 2.75e-8, 5.778e-5, 1.84e-9, 1.7, 4.3, 327680, 'aiconfigurator gemm+attention'],
  ['llama-2-70b', 'fp16', 'h100-sxm', 8, 'Splitwise (2023 vLLM)', 'e2e-fit', 2.989e-2, 1.99e-4, 1.79e-7, 6.48e-5, 3.7e-9, 1.9, 16.0, 327680, 'splitwise perf_model.csv'],
  ['llama-2-70b', 'fp16', 'a100-sxm-80', 8, 'Splitwise (2023 vLLM)', 'e2e-fit', 4.407e-2, 1.9e-4, 3.35e-7, 1.508e-4, 2.1e-9, 1.8, 14.9, 327680, 'splitwise perf_model.csv'],
  ['gpt-oss-120b', 'mxfp4', 'h200-sxm', 8, 'vLLM 0.18.0', 'e2e-fit', 3.48e-3, 5.1e-5, 2.7e-10, 9.28e-6, null, 2.3, null, 73728, 'InferenceX 19 rows'],
];

export const measured: readonly MeasuredStepTime[] = TABLE.map(
  ([model, precision, gpu, tensor_parallel_size, engine, source_kind, base_s, ...rest]) => {
    const [decode_seq_s, decode_context_token_s, prefill_token_s, attention, ...errors] = rest;
    const [decode_error_pct, prefill_error_pct, kv_bytes_per_token, source] = errors;
    // Where attention was not fitted apart, it is part of the time per prefill token.
    const prefill_attention_s = attention ?? 0;
    return {
      model,
      precision,
      gpu,
      tensor_parallel_size,
      engine,
      source_kind,
      step_time: { base_s, prefill_token_s, decode_seq_s, decode_context_token_s, prefill_attention_s },
      decode_error_pct,
      prefill_error_pct,
      kv_bytes_per_token,
      source,
    };
  },
);
