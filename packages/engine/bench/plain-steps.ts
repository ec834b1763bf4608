/**
 * One replica as a plain loop over engine steps, O(batch) a step: what the step model costs without the token clock,
 * the jumps and the queue of events. Every running request is touched in every step: its tokens scheduled, its KV
 * blocks taken, its counters moved, its token's gap measured, its completion checked.
 *
 * Same samplers, table, samples and meters as the simulation, and the same events to the same listener. Chunked
 * prefill; blocks are counted, but a run that lacks some is not for this loop: nobody is preempted here.
 */
import { type PoolState, type RequestEvent, requestEvent } from '../src/events/simulation-events.ts';
import { PoolMeter } from '../src/metrics/pool-meter.ts';
import { Recorder } from '../src/metrics/recorder.ts';
import type { GeneratedWorkload, SimulationPlan } from '../src/plan.ts';
import { type RequestSlot, RequestTable } from '../src/records/request-table.ts';
import { CompensatedTime } from '../src/replica/compensated-time.ts';
import type { ReplicaSpec } from '../src/replica/replica-spec.ts';
import type { Summary } from '../src/result.ts';
import { generatedSource } from '../src/workload/generated.ts';

interface Running {
  readonly slot: RequestSlot;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  computed: number;
  generated: number;
  blocks: number;
  /** Computed in this step. */
  tokens: number;
  last_token_s: number;
}

export type StepsPlan = SimulationPlan & { readonly workload: GeneratedWorkload };

/** What both have to agree on. */
export interface StepsRun {
  readonly engine_steps: number;
  readonly preemptions: number;
  readonly max_batch_size: number;
  readonly mean_batch_size: number | null;
  readonly max_kv_use: number | null;
  readonly ttft_s: Summary;
  readonly tpot_s: Summary;
  readonly itl_s: Summary;
}

const POOL = 'replica';

export function plainSteps(
  plan: StepsPlan,
  { max_num_seqs, max_num_batched_tokens, block_size, num_gpu_blocks, step_time }: ReplicaSpec,
  listen: (event: RequestEvent | PoolState) => void,
): StepsRun {
  const source = generatedSource(plan.workload, plan.seed ?? 0);
  const requests = new RequestTable();
  const recorder = new Recorder(plan, requests);
  recorder.addPool();
  const pool = new PoolMeter(0, Number.POSITIVE_INFINITY);
  const blocksInAll = num_gpu_blocks ?? Number.POSITIVE_INFINITY;
  const waiting: Running[] = [];
  let running: Running[] = [];
  let free = blocksInAll;
  let leastFree = free;
  let runningArea = 0;
  let busy_s = 0;
  let largest = 0;
  let toldWaiting = 0;
  let toldBusy = 0;
  let steps = 0;
  let id = 0;
  let more = source.advance();
  let now = 0;
  const time = new CompensatedTime();

  const tellPool = (time_s: number): void => {
    const { busy, waiting } = pool;
    if (busy === toldBusy && waiting === toldWaiting) return;
    toldBusy = busy;
    toldWaiting = waiting;
    listen({ time_s, pool: POOL, busy, waiting });
  };
  const arrive = (): void => {
    const { arrival_s, prompt_tokens, output_tokens } = source;
    const slot = requests.admit(id, arrival_s, prompt_tokens, output_tokens);
    listen({ time_s: arrival_s, id, arrival_s, prompt_tokens, output_tokens, pool: null, gpu: -1 });
    id++;
    pool.advance(arrival_s);
    pool.waiting++;
    tellPool(arrival_s);
    waiting.push({
      slot,
      prompt_tokens,
      output_tokens,
      computed: 0,
      generated: 0,
      blocks: 0,
      tokens: 0,
      last_token_s: 0,
    });
    more = source.advance();
  };

  for (;;) {
    if (running.length === 0 && waiting.length === 0) {
      if (!more) break;
      now = Math.max(now, source.arrival_s);
      time.set(now);
    }
    while (more && source.arrival_s <= now) arrive();

    let budget = max_num_batched_tokens;
    let prefill = 0;
    let decoding = 0;
    let context = 0;
    let attention = 0;
    const schedule = (request: Running): void => {
      const uncomputed = request.prompt_tokens + request.generated - request.computed;
      const tokens = Math.min(uncomputed, budget);
      const blocks = Math.ceil((request.computed + tokens) / block_size);
      free -= blocks - request.blocks;
      request.blocks = blocks;
      request.tokens = tokens;
      budget -= tokens;
      if (uncomputed === 1 && request.generated > 0) {
        decoding++;
        context += request.computed + 1;
      } else {
        prefill += tokens;
        attention += tokens * (request.computed + tokens / 2);
      }
    };
    pool.advance(now);
    for (let i = 0; i < running.length; i++) {
      const request = running[i];
      if (request !== undefined) schedule(request);
    }
    while (budget > 0 && running.length < max_num_seqs && waiting.length > 0) {
      const request = waiting.shift();
      if (request === undefined) break;
      pool.waiting--;
      requests.gpu[request.slot] = 0;
      requests.prefill_start_s[request.slot] = now;
      requests.prefill_pool[request.slot] = 0;
      requests.decode_pool[request.slot] = 0;
      listen(requestEvent(requests, request.slot, now, POOL));
      running.push(request);
      schedule(request);
    }
    if (free < 0) throw new Error('the plain loop preempts nobody: it needs more KV blocks');
    if (free < leastFree) leastFree = free;
    if (running.length > largest) largest = running.length;
    pool.busy = 1;
    tellPool(now);

    const seconds =
      step_time.base_s +
      step_time.prefill_token_s * prefill +
      step_time.decode_seq_s * decoding +
      step_time.decode_context_token_s * context +
      step_time.prefill_attention_s * attention;
    runningArea += seconds * running.length;
    busy_s += seconds;
    const end = time.after(seconds);
    time.advance(seconds);
    while (more && source.arrival_s < end) arrive();
    now = end;
    steps++;

    let left = 0;
    for (let i = 0; i < running.length; i++) {
      const request = running[i];
      if (request === undefined) continue;
      request.computed += request.tokens;
      if (request.computed < request.prompt_tokens + request.generated) continue;
      request.generated++;
      if (request.generated === 1) {
        requests.prefill_end_s[request.slot] = now;
        requests.decode_queued_s[request.slot] = now;
        requests.decode_start_s[request.slot] = now;
        listen(requestEvent(requests, request.slot, now, POOL));
        requests.first_token_s[request.slot] = now;
        listen(requestEvent(requests, request.slot, now, POOL));
      } else {
        recorder.itl_s.add(now - request.last_token_s, 1);
      }
      request.last_token_s = now;
      if (request.generated < request.output_tokens) continue;
      requests.completed_s[request.slot] = now;
      free += request.blocks;
      listen(requestEvent(requests, request.slot, now, POOL));
      recorder.complete(request.slot);
      left++;
    }
    if (left > 0) {
      running = running.filter(({ generated, output_tokens }) => generated < output_tokens);
      if (running.length === 0 && waiting.length === 0) {
        pool.advance(now);
        pool.busy = 0;
        tellPool(now);
      }
    }
  }
  pool.read(now);
  recorder.settle();
  return {
    engine_steps: steps,
    preemptions: 0,
    max_batch_size: largest,
    mean_batch_size: runningArea / busy_s,
    max_kv_use: blocksInAll === Number.POSITIVE_INFINITY ? null : 1 - leastFree / blocksInAll,
    ttft_s: recorder.ttft_s.summary(),
    tpot_s: recorder.tpot_s.summary(),
    itl_s: recorder.itl_s.summary(),
  };
}
