/**
 * The flags of a server as keys of a cluster, with vLLM's own limits where the command leaves them open.
 */
import type { Gpu } from '../hardware/gpus.ts';
import { usualPrecision } from '../hardware/models.ts';
import { presets } from '../hardware/presets.ts';
import { NUMBERS, WORDS } from './flags.ts';
import type { ServedModel } from './models.ts';
import { numberAfter } from './numbers.ts';

type Keys = Readonly<Record<string, string | number | boolean>>;

export interface ServedCluster {
  /** As a file would write it. */
  readonly cluster: object;
  readonly notes: readonly string[];
}

export function clusterOf(
  flags: ReadonlyMap<string, string | boolean>,
  { model, precision }: ServedModel,
  gpu: Gpu,
): ServedCluster {
  const { replicas = 1, tensor_parallel_size = 1, ...keys } = keysOf(flags);
  const limits = limitsOf(gpu, keys);
  const named = {
    model: model.name,
    precision: keys.precision ?? precision ?? usualPrecision(model),
    gpu: gpu.name,
    tensor_parallel_size,
  };
  const name = `${named.model}/${named.precision}/${named.gpu}/tp${tensor_parallel_size}`;
  const { precision: _, gpu_memory_utilization, ...batching } = { ...limits, ...keys };
  const share =
    gpu_memory_utilization === undefined || batching.num_gpu_blocks !== undefined
      ? {}
      : { gpu_memory_utilization };
  const shape = presets.has(name) ? { preset: name } : named;
  const replica = { ...shape, ...batching, ...share, async_scheduling: keys.async_scheduling ?? true };
  const missing = Object.keys(limits).filter((key) => keys[key] === undefined);
  return {
    cluster: { model: 'steps', replicas, replica },
    notes: [
      ...(missing.length === 0
        ? []
        : [`vLLM's defaults on this GPU: ${missing.map((key) => `${key} ${limits[key]}`).join(', ')}`]),
      ...(keys.async_scheduling === undefined
        ? ['async_scheduling is on, as in vLLM from 0.14 on; --no-async-scheduling for an older one']
        : []),
    ],
  };
}

function keysOf(flags: ReadonlyMap<string, string | boolean>): Keys {
  const keys: Record<string, string | number | boolean> = {};
  for (const [flag, value] of flags) {
    const number = NUMBERS.get(flag);
    const worded = WORDS.get(flag);
    const word = worded?.words.get(String(value));
    if (number !== undefined) keys[number] = numberAfter(flag, value) ?? Number.NaN;
    if (worded !== undefined && typeof word === 'string') keys[worded.key] = word;
    if (flag === 'enable-chunked-prefill') keys.enable_chunked_prefill = value === true;
    if (flag === 'async-scheduling') keys.async_scheduling = value === true;
    if (flag === 'enable-prefix-caching') keys.enable_prefix_caching = value === true;
  }
  return keys;
}

/**
 * What vLLM V1's API server takes on a GPU of this size: large ones other than the A100 get more.
 * `EngineArgs.get_batch_defaults` in vllm/engine/arg_utils.py.
 */
function limitsOf(gpu: Gpu, { max_num_batched_tokens }: Keys): Keys {
  const large = gpu.memory_bytes >= 70 * 2 ** 30 && !gpu.name.startsWith('a100');
  const budget = large ? 8192 : 2048;
  const seqs = large ? 1024 : 256;
  return {
    max_num_seqs: Math.min(seqs, Number(max_num_batched_tokens ?? budget)),
    max_num_batched_tokens: budget,
  };
}
