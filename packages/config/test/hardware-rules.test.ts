/** The rules of named hardware: the text that breaks one, where the problem points, what it says and advises. */
import { describe, expect, it } from 'vitest';
import { linesOf } from './loading.ts';

const mono = (replica: string): string => `cluster_mono: {model: steps, replica: {${replica}}}\n`;

describe('hardware that breaks a rule', () => {
  it.each([
    [
      'an unknown preset',
      mono('preset: llama-3.1-8b/bf16/h100/tp1'),
      'a.yaml:1:48: cluster_mono.replica.preset is not one of the 23 known names, got "llama-3.1-8b/bf16/h100/tp1". Did you mean preset: llama-3.1-8b/bf16/h100-sxm/tp1 or preset: llama-3.1-8b/bf16/h100-sxm/tp1/tensorrt-llm or preset: llama-3.1-8b/bf16/l40s/tp1?',
    ],
    [
      'an unknown model',
      mono('model: llama-3.1-7b, gpu: h100-sxm'),
      'a.yaml:1:47: cluster_mono.replica.model must be one of llama-3.1-8b, llama-3.1-70b, llama-3.3-70b, llama-2-70b, qwen3-32b, gpt-oss-120b, got "llama-3.1-7b". Did you mean model: llama-3.1-8b?',
    ],
    [
      'an unknown GPU',
      mono('model: llama-3.1-8b, gpu: h100'),
      'a.yaml:1:66: cluster_mono.replica.gpu is not one of the 12 known names, got "h100". Did you mean gpu: h100-sxm or gpu: h100-pcie?',
    ],
    [
      'a model without a GPU',
      mono('model: llama-3.1-8b'),
      'a.yaml:1:47: cluster_mono.replica: model needs a gpu. Add gpu: h100-sxm.',
    ],
    [
      'a GPU without a model',
      mono('gpu: l4'),
      'a.yaml:1:45: cluster_mono.replica: gpu has no meaning without a model. Add model: llama-3.1-8b.',
    ],
    [
      'a share of no memory',
      mono('gpu_memory_utilization: 0.9'),
      'a.yaml:1:64: cluster_mono.replica: gpu_memory_utilization has no meaning without a model. Add preset, or model and gpu; or remove gpu_memory_utilization.',
    ],
    [
      'a share above all',
      mono('preset: llama-3.1-8b/bf16/h100-sxm/tp1, gpu_memory_utilization: 90'),
      'a.yaml:1:104: cluster_mono.replica.gpu_memory_utilization must be at most 1, got 90. Write for example gpu_memory_utilization: 0.9.',
    ],
    [
      'a preset with a GPU of its own',
      mono('preset: llama-3.1-8b/bf16/h100-sxm/tp1, gpu: l4'),
      'a.yaml:1:85: cluster_mono.replica: preset says gpu, too. Remove gpu, or write model, gpu and tensor_parallel_size without preset.',
    ],
    [
      'a precision without weights',
      mono('model: llama-3.1-8b, gpu: l4, precision: mxfp4'),
      'a.yaml:1:81: cluster_mono.replica: the weights of llama-3.1-8b are known in bf16 and fp8, got mxfp4. Write precision: bf16.',
    ],
    [
      'a tensor parallelism without efficiencies',
      mono('model: llama-3.1-8b, gpu: l4, tensor_parallel_size: 3'),
      'a.yaml:1:92: cluster_mono.replica.tensor_parallel_size must be one of 1, 2, 4, 8, got 3. Write tensor_parallel_size: 1.',
    ],
    [
      'an unknown cache type',
      mono('preset: llama-3.1-8b/bf16/h100-sxm/tp1, kv_cache_dtype: int8'),
      'a.yaml:1:96: cluster_mono.replica.kv_cache_dtype must be one of auto, fp8, got "int8". Write kv_cache_dtype: auto.',
    ],
    [
      'blocks said twice',
      mono('preset: llama-3.1-8b/bf16/h100-sxm/tp1, gpu_memory_utilization: 0.8, num_gpu_blocks: 9'),
      'a.yaml:1:104: cluster_mono.replica: num_gpu_blocks says how many blocks there are, and gpu_memory_utilization would not count. Remove one of the two.',
    ],
    [
      'a model that does not fit, by how much',
      mono('model: llama-3.3-70b, gpu: h100-sxm'),
      // 141.1 + 3 + 0.00524 − 77.309 GB.
      'a.yaml:1:47: llama-3.3-70b/bf16/h100-sxm/tp1 does not fit by 66.80 GB: 141.10 GB of weights, 3.00 GB of overhead and a KV block of 5.24 MB need more than the usable 77.31 GB of 1 GPU. Raise tensor_parallel_size, take a GPU with more memory, or a smaller precision.',
    ],
    [
      'two models in one cluster',
      'cluster_disagg: {model: steps, prefill_replica: {preset: llama-3.1-8b/bf16/h100-sxm/tp1}, decode_replica: {preset: qwen3-32b/bf16/h100-sxm/tp2}}',
      'a.yaml:1:116: prefill_replica runs llama-3.1-8b and decode_replica qwen3-32b: the one cannot use the KV cache of the other. Name the same model in both.',
    ],
  ])('%s', (_rule, text, line) => {
    expect(linesOf(text)).toEqual([line]);
  });
});
