/**
 * Refuses a replica that cannot run, with all reasons at once. The names are those of the specification.
 */
import { given } from '../given.ts';
import type { ReplicaSpec, ReplicaStage } from './replica-spec.ts';
import type { StepTime } from './step-time.ts';

const COUNTS = ['max_num_seqs', 'max_num_batched_tokens', 'block_size'] as const;
const SECONDS: ReadonlyArray<keyof StepTime> = [
  'base_s',
  'prefill_token_s',
  'decode_seq_s',
  'decode_context_token_s',
  'prefill_attention_s',
];

/** @throws RangeError that lists every problem of the replicas of `pool`. */
export function checkReplicaSpec(pool: string, spec: ReplicaSpec, stage: ReplicaStage): void {
  const missing = Object.entries({ replica: spec, 'replica.step_time': spec?.step_time });
  for (const [name, value] of missing) {
    if (typeof value !== 'object' || value === null) {
      throw new RangeError(`Pool ${pool}: ${name} must be an object, got ${given(value)}`);
    }
  }
  const problems = [...countProblems(spec), ...timeProblems(spec.step_time), ...reuseProblems(spec, stage)];
  if (problems.length > 0) throw new RangeError(`Pool ${pool}: ${problems.join('; ')}`);
}

function* countProblems(spec: ReplicaSpec): Generator<string> {
  for (const name of COUNTS) if (!isCount(spec[name])) yield wholeNumber(name, spec[name]);
  for (const name of ['num_gpu_blocks', 'host_blocks', 'tensor_parallel_size'] as const) {
    const value = spec[name];
    if (value !== undefined && !isCount(value)) yield wholeNumber(name, value);
  }
  if (spec.max_num_batched_tokens < spec.max_num_seqs) {
    yield `max_num_batched_tokens (${spec.max_num_batched_tokens}) must be at least max_num_seqs (${spec.max_num_seqs})`;
  }
}

function* timeProblems(step_time: StepTime): Generator<string> {
  for (const name of SECONDS) {
    const seconds = step_time[name];
    if (!(seconds >= 0 && seconds < Number.POSITIVE_INFINITY)) {
      yield `step_time.${name} must be at least 0 and finite, got ${seconds}`;
    }
  }
}

function* reuseProblems(spec: ReplicaSpec, stage: ReplicaStage): Generator<string> {
  const { enable_prefix_caching, preemption = 'recompute', host_link, host_blocks } = spec;
  if (enable_prefix_caching === true && stage === 'decode') {
    yield 'enable_prefix_caching is for replicas that compute prompts';
  }
  if (preemption === 'recompute') {
    if (host_link !== undefined || host_blocks !== undefined) {
      yield 'host_link and host_blocks need preemption: swap';
    }
    return;
  }
  if (host_link === undefined) {
    yield 'preemption: swap needs host_link';
    return;
  }
  const { bandwidth_bytes_per_s, latency_s = 0, kv_bytes_per_token } = host_link;
  if (!(bandwidth_bytes_per_s > 0)) {
    yield `host_link.bandwidth_bytes_per_s must be positive, got ${bandwidth_bytes_per_s}`;
  }
  for (const [name, value] of Object.entries({ latency_s, kv_bytes_per_token })) {
    if (!(value >= 0 && value < Number.POSITIVE_INFINITY)) {
      yield `host_link.${name} must be at least 0 and finite, got ${value}`;
    }
  }
}

function isCount(value: number): boolean {
  return Number.isInteger(value) && value >= 1;
}

function wholeNumber(name: string, value: number): string {
  return `${name} must be a whole number of at least 1, got ${value}`;
}
