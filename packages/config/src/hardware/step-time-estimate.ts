/**
 * Step times of a combination that nobody measured, from specifications. Rough: memory bandwidth and floating-point
 * rates with the efficiencies seen in the measured ones.
 */
import type { StepTime } from '@llmsim/engine';
import type { Gpu } from './gpus.ts';
import type { Model, Precision } from './models.ts';

/** Tensor parallelism that the efficiencies are known for. */
export const TENSOR_PARALLEL_SIZES = [1, 2, 4, 8] as const;

export type TensorParallelSize = (typeof TENSOR_PARALLEL_SIZES)[number];

/** Share of the memory bandwidth that reading the weights reaches: more GPUs wait more for one another. */
const BANDWIDTH_EFFICIENCY: Readonly<Record<TensorParallelSize, number>> = {
  1: 0.75,
  2: 0.67,
  4: 0.5,
  8: 0.32,
};
/** Share of the floating-point rate that prefill reaches. */
const PREFILL_EFFICIENCY: Readonly<Record<TensorParallelSize, number>> = { 1: 0.75, 2: 0.6, 4: 0.5, 8: 0.4 };
/** Share of the floating-point rate that attention over a long prompt reaches. */
const ATTENTION_EFFICIENCY = 0.5;
/** Measured time per context token over that of reading its KV: 1.05 to 1.6. */
const CONTEXT_FACTOR = 1.3;
/** Measured time per decoding request over that per prefill token: the median. */
const DECODE_SEQ_FACTOR = 0.7;

export interface Estimated {
  readonly model: Model;
  readonly precision: Precision;
  readonly gpu: Gpu;
  readonly tensor_parallel_size: TensorParallelSize;
  readonly weights_bytes: number;
  readonly kv_bytes_per_token: number;
}

/**
 * With B = TP·bandwidth and F = TP·floating-point rate: base = weights/(B·efficiency); context token =
 * 1.3·kv_bytes_per_token/B; prefill token = 2·active_parameters/(F·efficiency); decoding request = 0.7 prefill tokens;
 * attention = 4·layers·heads·head size/(F·0.5).
 */
export function estimateStepTime(pair: Estimated): StepTime {
  const { model, precision, gpu, tensor_parallel_size } = pair;
  const bandwidth = tensor_parallel_size * gpu.bandwidth_bytes_per_s;
  const halves = tensor_parallel_size * gpu.bf16_flops;
  const flops = precision === 'fp8' ? tensor_parallel_size * (gpu.fp8_flops ?? gpu.bf16_flops) : halves;
  const prefill_token_s = (2 * model.active_parameters) / (flops * PREFILL_EFFICIENCY[tensor_parallel_size]);
  const attention_width = model.num_attention_heads * model.head_dim;
  return {
    base_s: pair.weights_bytes / (bandwidth * BANDWIDTH_EFFICIENCY[tensor_parallel_size]),
    prefill_token_s,
    decode_seq_s: DECODE_SEQ_FACTOR * prefill_token_s,
    decode_context_token_s: (CONTEXT_FACTOR * pair.kv_bytes_per_token) / bandwidth,
    prefill_attention_s: (4 * model.num_layers * attention_width) / (halves * ATTENTION_EFFICIENCY),
  };
}
