/**
 * How many KV blocks a replica's GPUs hold, with every term of the sum. Knows no step times.
 */

/** Activations, graphs and the engine itself, bytes a GPU. */
const OVERHEAD_BYTES_PER_GPU = 3e9;

/** Share of the GPU memory that the engine takes where the file does not say. */
export const DEFAULT_GPU_MEMORY_UTILIZATION = 0.9;

export interface KvMemoryOptions {
  readonly tensor_parallel_size: number;
  /** Of one GPU. */
  readonly memory_bytes: number;
  /** Share of the memory that the engine may use. */
  readonly gpu_memory_utilization: number;
  /** Of the whole model. */
  readonly weights_bytes: number;
  readonly kv_bytes_per_token: number;
  readonly block_size: number;
}

/** The sum: usable − weights − overhead = KV; KV / kv_bytes_per_token = tokens; tokens / block_size = blocks. */
export interface KvMemory extends KvMemoryOptions {
  /** tensor_parallel_size · memory · gpu_memory_utilization. */
  readonly usable_bytes: number;
  /** Of all GPUs. */
  readonly overhead_bytes: number;
  /** What is left for the KV cache; negative when the model does not fit. */
  readonly kv_bytes: number;
  readonly num_gpu_blocks: number;
}

/**
 * The KV cache of one replica.
 *
 * @example
 * kvMemory({
 *   tensor_parallel_size: 1,
 *   memory_bytes: 80 * 2 ** 30,
 *   gpu_memory_utilization: 0.9,
 *   weights_bytes: 16.06e9,
 *   kv_bytes_per_token: 131072,
 *   block_size: 16,
 * }).num_gpu_blocks; // 27775
 */
export function kvMemory(options: KvMemoryOptions): KvMemory {
  const { tensor_parallel_size, memory_bytes, gpu_memory_utilization } = options;
  const usable_bytes = tensor_parallel_size * memory_bytes * gpu_memory_utilization;
  const overhead_bytes = tensor_parallel_size * OVERHEAD_BYTES_PER_GPU;
  const kv_bytes = usable_bytes - options.weights_bytes - overhead_bytes;
  const bytes_a_block = options.kv_bytes_per_token * options.block_size;
  const num_gpu_blocks = Math.max(0, Math.floor(kv_bytes / bytes_a_block));
  return { ...options, usable_bytes, overhead_bytes, kv_bytes, num_gpu_blocks };
}
