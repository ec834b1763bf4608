/**
 * What a configured replica runs on: its step times with their origin, and its memory. Knows no clusters.
 */
import type { HostLink, ReplicaSpec, StepTime } from '@llmsim/engine';
import type { ReplicaConfig } from '../schema/replica.ts';
import { type Gpu, gpus } from './gpus.ts';
import { DEFAULT_GPU_MEMORY_UTILIZATION, type KvMemory, kvMemory } from './kv-memory.ts';
import type { MeasuredStepTime } from './measured.ts';
import { kvBytesPerToken, type Model, models, type Precision, usualPrecision } from './models.ts';
import { measurementOf, nameOf, presets } from './presets.ts';
import { stepTimeOf } from './step-time.ts';
import { estimateStepTime, type TensorParallelSize } from './step-time-estimate.ts';

/** The hardware that a replica names. */
export interface ReplicaHardware {
  /** `model/precision/gpu/tpN`. */
  readonly name: string;
  readonly model: string;
  readonly precision: Precision;
  readonly gpu: string;
  readonly tensor_parallel_size: number;
  readonly num_layers: number;
  /** Where the step times come from; null when they are estimated from specifications. */
  readonly measurement: MeasuredStepTime | null;
  /** Before the coefficients that the file replaces. */
  readonly step_time: StepTime;
  /** What num_gpu_blocks follows from when the file does not say it. */
  readonly memory: KvMemory;
}

/** The hardware of a replica; null when it names none. */
export function hardwareOf(replica: ReplicaConfig): ReplicaHardware | null {
  const named = namedBy(replica);
  if (named === null) return null;
  const { name, model, precision, gpu, tensor_parallel_size, measurement } = named;
  const weights_bytes = model.weights_bytes.get(precision) ?? Number.NaN;
  const kv_bytes_per_token =
    replica.kv_cache_dtype === 'fp8'
      ? kvBytesPerToken(model, 1)
      : (measurement?.kv_bytes_per_token ?? kvBytesPerToken(model, 2));
  const memory = kvMemory({
    tensor_parallel_size,
    memory_bytes: gpu.memory_bytes,
    gpu_memory_utilization: replica.gpu_memory_utilization ?? DEFAULT_GPU_MEMORY_UTILIZATION,
    weights_bytes,
    kv_bytes_per_token,
    block_size: replica.block_size,
  });
  return {
    name,
    model: model.name,
    precision,
    gpu: gpu.name,
    tensor_parallel_size,
    num_layers: model.num_layers,
    measurement,
    step_time: measurement?.step_time ?? estimateStepTime({ ...named, weights_bytes, kv_bytes_per_token }),
    memory,
  };
}

/** What the engine runs: hardware in place of what the file leaves out, and the file in place of hardware. */
export function replicaSpecOf(replica: ReplicaConfig): ReplicaSpec {
  const { max_num_seqs, max_num_batched_tokens, enable_chunked_prefill, async_scheduling, block_size } =
    replica;
  const hardware = hardwareOf(replica);
  const num_gpu_blocks = replica.num_gpu_blocks ?? hardware?.memory.num_gpu_blocks;
  const { enable_prefix_caching, preemption, host_blocks } = replica;
  const host_link = hostLinkOf(replica, hardware);
  return {
    max_num_seqs,
    max_num_batched_tokens,
    enable_chunked_prefill,
    async_scheduling,
    block_size,
    ...(num_gpu_blocks === undefined ? {} : { num_gpu_blocks }),
    enable_prefix_caching,
    preemption,
    ...(host_link === null ? {} : { host_link }),
    ...(host_blocks === undefined ? {} : { host_blocks }),
    ...(hardware === null ? {} : { tensor_parallel_size: hardware.tensor_parallel_size }),
    step_time: stepTimeOf(replica, hardware?.step_time),
  };
}

/** The link to the host, with the KV of the named model where the file does not say it. */
function hostLinkOf({ host_link }: ReplicaConfig, hardware: ReplicaHardware | null): HostLink | null {
  const kv_bytes_per_token = host_link?.kv_bytes_per_token ?? hardware?.memory.kv_bytes_per_token;
  if (host_link === undefined || kv_bytes_per_token === undefined) return null;
  return { ...host_link, kv_bytes_per_token };
}

interface Named {
  readonly name: string;
  readonly model: Model;
  readonly precision: Precision;
  readonly gpu: Gpu;
  readonly tensor_parallel_size: TensorParallelSize;
  readonly measurement: MeasuredStepTime | null;
}

/** What the keys mean in the catalogue; null when they name nothing. */
function namedBy(replica: ReplicaConfig): Named | null {
  const preset = replica.preset === undefined ? null : (presets.get(replica.preset) ?? null);
  const model = models.get(preset?.model ?? replica.model ?? '');
  const gpu = gpus.get(preset?.gpu ?? replica.gpu ?? '');
  if (model === undefined || gpu === undefined) return null;
  const combination = {
    model: model.name,
    precision: preset?.precision ?? replica.precision ?? usualPrecision(model),
    gpu: gpu.name,
    tensor_parallel_size: preset?.tensor_parallel_size ?? replica.tensor_parallel_size ?? 1,
  };
  const name = replica.preset ?? nameOf(combination);
  return { ...combination, name, model, gpu, measurement: preset ?? measurementOf(combination) };
}
