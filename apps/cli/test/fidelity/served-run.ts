/**
 * The 300 requests of a vLLM server, replayed: measured against simulated, request by request.
 * The server ran with prefix caching, which found 8 % of the prompt tokens; here every prompt is computed in full.
 */
import { calibrate } from '@llmsim/analysis';
import { presets } from '@llmsim/config';
import { batchedMonolithic, quantile, type StepTime, simulate } from '@llmsim/engine';
import { type ServedRequest, servedRequests } from './measurements.ts';

/** The quantities of one request, seconds. */
interface Times {
  readonly ttft_s: number;
  /** Arrival until it is scheduled for the first time. */
  readonly queue_s: number;
  /** From there to the first token. */
  readonly first_token_part_s: number;
  readonly tpot_s: number;
  readonly e2e_s: number;
}

export type Quantity = keyof Times;

export interface Comparison {
  readonly measured: { readonly mean: number; readonly p99: number };
  readonly simulated: { readonly mean: number; readonly p99: number };
  /** simulated / measured − 1 of each request: 5th, 50th and 95th percentile. */
  readonly request_errors: readonly [p5: number, p50: number, p95: number];
}

export const served: readonly ServedRequest[] = servedRequests();

/** Requests that were scheduled at once, and those that waited for a place in the batch. */
export const GROUPS = {
  light: (id: number): boolean => queued(id) < 0.05,
  overload: (id: number): boolean => queued(id) >= 0.05,
} as const;

function queued(id: number): number {
  const request = served[id];
  return request === undefined ? Number.NaN : request.scheduled_s - request.arrival_s;
}

export const HALF = 150;

/** Step times from the catalogue, and fitted to half of the requests. */
export const stepTimes = {
  preset: (): StepTime => {
    const preset = presets.get('llama-3.1-8b/bf16/rtx-pro-6000/tp1');
    if (preset === undefined) throw new Error('The catalogue has no such preset');
    return preset.step_time;
  },
  firstHalf: (): StepTime => calibrate([served], { fitted: (_, id) => id < HALF }).step_time,
  secondHalf: (): StepTime => calibrate([served], { fitted: (_, id) => id >= HALF }).step_time,
};

export interface Replay {
  readonly measured: readonly Times[];
  readonly simulated: readonly Times[];
  /** From the first arrival to the last token, seconds. */
  readonly measured_span_s: number;
  readonly simulated_span_s: number;
}

/** Serves the same requests as the server did, with its limits; vLLM 0.19 schedules ahead. */
export function replay(step_time: StepTime, async_scheduling = true): Replay {
  const { requests } = simulate({
    workload: {
      kind: 'replay',
      arrival_s: served.map(({ arrival_s }) => arrival_s),
      prompt_tokens: served.map(({ prompt_tokens }) => prompt_tokens),
      output_tokens: served.map(({ output_tokens }) => output_tokens),
    },
    keep_requests: true,
    architecture: batchedMonolithic({
      replicas: 1,
      replica: {
        max_num_seqs: 128,
        max_num_batched_tokens: 2048,
        enable_chunked_prefill: true,
        block_size: 16,
        async_scheduling,
        step_time,
      },
    }),
  });
  if (requests === null) throw new Error('The plan keeps requests');
  const simulated = served.map(
    (request, id): ServedRequest => ({
      ...request,
      scheduled_s: requests.prefill_start_s[id] ?? Number.NaN,
      first_token_s: requests.first_token_s[id] ?? Number.NaN,
      completed_s: requests.completed_s[id] ?? Number.NaN,
    }),
  );
  return {
    measured: served.map(timesOf),
    simulated: simulated.map(timesOf),
    measured_span_s: Math.max(...served.map(({ completed_s }) => completed_s)),
    simulated_span_s: Math.max(...simulated.map(({ completed_s }) => completed_s)),
  };
}

/** One quantity over some of the requests. */
export function compare(
  { measured, simulated }: Replay,
  quantity: Quantity,
  chosen: (id: number) => boolean,
): Comparison {
  const of = (all: readonly Times[]): number[] =>
    all.filter((_, id) => chosen(id)).map((times) => times[quantity]);
  const [real, ours] = [of(measured), of(simulated)];
  const errors = sorted(ours.map((value, at) => value / (real[at] ?? Number.NaN) - 1));
  return {
    measured: { mean: mean(real), p99: quantile(sorted(real), 0.99) },
    simulated: { mean: mean(ours), p99: quantile(sorted(ours), 0.99) },
    request_errors: [quantile(errors, 0.05), quantile(errors, 0.5), quantile(errors, 0.95)],
  };
}

function timesOf({
  arrival_s,
  output_tokens,
  scheduled_s,
  first_token_s,
  completed_s,
}: ServedRequest): Times {
  return {
    ttft_s: first_token_s - arrival_s,
    queue_s: scheduled_s - arrival_s,
    first_token_part_s: first_token_s - scheduled_s,
    tpot_s: (completed_s - first_token_s) / (output_tokens - 1),
    e2e_s: completed_s - arrival_s,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function sorted(values: readonly number[]): Float64Array {
  return Float64Array.from(values).sort();
}
