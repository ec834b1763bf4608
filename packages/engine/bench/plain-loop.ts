/**
 * The same simulation written as one loop without RxJS: same heap, tables, samplers, meters and measurements, the
 * pools as arrays and a switch, the streams as arrays of callbacks. What the operators cost is the ratio to this.
 */
import { type RequestEvent, requestEvent } from '../src/events/simulation-events.ts';
import { PoolMeter } from '../src/metrics/pool-meter.ts';
import { Recorder } from '../src/metrics/recorder.ts';
import type { SimulationPlan } from '../src/plan.ts';
import { SlotRing } from '../src/pool/slot-ring.ts';
import { decodeWork, prefillAndDecodeWork, prefillWork, type Work } from '../src/pool/work.ts';
import { type RequestSlot, RequestTable } from '../src/records/request-table.ts';
import { EventQueue } from '../src/time/event-queue.ts';
import { Phase } from '../src/time/phases.ts';
import { generatedSource } from '../src/workload/generated.ts';

const RANKS = 2 ** 48;
const ARRIVE = 0;
const PREFILL_END = 1;
const FIRST_TOKEN = 2;
/** Plus the index of the pool. */
const END = 3;

interface Pool {
  readonly name: string;
  readonly gpus: number;
  readonly work: Work;
  readonly queue: SlotRing;
  readonly free: number[];
  readonly meter: PoolMeter;
}

interface PoolState {
  readonly time_s: number;
  readonly pool: string;
  readonly busy: number;
  readonly waiting: number;
}

/** Runs the plan's workload; `listen` is subscribed to everything. Returns the recorder. */
export function plainLoop(
  plan: SimulationPlan,
  mode: 'mono' | 'disagg',
  listen: (event: RequestEvent | PoolState) => void,
): Recorder {
  if (plan.workload.kind !== 'generated') throw new Error('the plain loop draws its workload');
  const queue = new EventQueue();
  const requests = new RequestTable();
  const recorder = new Recorder(plan, requests);
  const source = generatedSource(plan.workload, plan.seed ?? 0);
  const streams = [[listen], [listen], [listen], [listen], [listen]];
  const stateStream = [listen];
  const newPool = (name: string, gpus: number, work: Work): Pool => ({
    name,
    gpus,
    work,
    queue: new SlotRing(),
    free: Array.from({ length: gpus }, (_, gpu) => gpus - 1 - gpu),
    meter: new PoolMeter(0, Number.POSITIVE_INFINITY),
  });
  const pools =
    mode === 'mono'
      ? [newPool('gpu', 355, prefillAndDecodeWork(10_000, 100))]
      : [newPool('prefill', 14, prefillWork(10_000)), newPool('decode', 341, decodeWork(100))];
  for (const _ of pools) recorder.addPool();
  let now = 0;
  let id = 0;

  const tell = (stream: number, event: RequestEvent): void => {
    const listeners = streams[stream] ?? [];
    for (let i = 0; i < listeners.length; i++) listeners[i]?.(event);
  };
  const tellState = ({ name, meter }: Pool): void => {
    for (let i = 0; i < stateStream.length; i++) {
      stateStream[i]?.({ time_s: now, pool: name, busy: meter.busy, waiting: meter.waiting });
    }
  };
  const begin = (index: number, pool: Pool, slot: RequestSlot): void => {
    const rank = requests.id[slot] ?? 0;
    requests.gpu[slot] = pool.free.pop() ?? 0;
    pool.meter.busy++;
    requests.service_end_s[slot] = pool.work.begin(requests, slot, now);
    if (pool.work.stage !== 'decode') requests.prefill_pool[slot] = index;
    if (pool.work.stage !== 'prefill') requests.decode_pool[slot] = index;
    tell(1, requestEvent(requests, slot, now, pool.name));
    if (pool.work.stage === 'prefill_and_decode') {
      queue.push(requests.prefill_end_s[slot] ?? 0, Phase.milestone * RANKS + rank, PREFILL_END, slot);
    } else if (pool.work.stage === 'decode') {
      queue.push(requests.first_token_s[slot] ?? 0, Phase.milestone * RANKS + rank, FIRST_TOKEN, slot);
    } else {
      untilEnd(index, slot);
    }
  };
  const untilEnd = (index: number, slot: RequestSlot): void => {
    const rank = requests.id[slot] ?? 0;
    queue.push(requests.service_end_s[slot] ?? 0, Phase.completion * RANKS + rank, END + index, slot);
  };
  const enter = (index: number, slot: RequestSlot): void => {
    const pool = pools[index];
    if (pool === undefined) return;
    pool.meter.advance(now);
    if (pool.free.length > 0) {
      begin(index, pool, slot);
    } else {
      pool.queue.push(slot);
      pool.meter.waiting = pool.queue.length;
    }
    tellState(pool);
  };
  const end = (index: number, slot: RequestSlot): void => {
    const pool = pools[index];
    if (pool === undefined) return;
    pool.meter.advance(now);
    if (pool.work.stage === 'prefill') tell(2, requestEvent(requests, slot, now, pool.name));
    pool.free.push(requests.gpu[slot] ?? 0);
    pool.meter.busy--;
    if (pool.queue.length > 0) {
      const head = pool.queue.shift();
      pool.meter.waiting = pool.queue.length;
      begin(index, pool, head);
    }
    tellState(pool);
    if (index + 1 < pools.length) {
      requests.decode_queued_s[slot] = now;
      enter(index + 1, slot);
      return;
    }
    tell(4, requestEvent(requests, slot, now, pool.name));
    recorder.complete(slot);
  };
  const scheduleArrival = (): void => {
    if (source.advance()) queue.push(source.arrival_s, Phase.arrival * RANKS + id, ARRIVE, 0);
  };
  const nameOf = (slot: RequestSlot, column: Int32Array): string => pools[column[slot] ?? 0]?.name ?? '';

  scheduleArrival();
  while (queue.take(Number.POSITIVE_INFINITY)) {
    now = queue.time;
    const slot = queue.payload;
    switch (queue.handler) {
      case ARRIVE: {
        const { prompt_tokens, output_tokens } = source;
        const entered = requests.admit(id, now, prompt_tokens, output_tokens);
        tell(0, { time_s: now, id, arrival_s: now, prompt_tokens, output_tokens, pool: null, gpu: -1 });
        id++;
        scheduleArrival();
        enter(0, entered);
        break;
      }
      case PREFILL_END:
        tell(2, requestEvent(requests, slot, now, nameOf(slot, requests.prefill_pool)));
        queue.push(
          requests.first_token_s[slot] ?? 0,
          Phase.milestone * RANKS + (requests.id[slot] ?? 0),
          FIRST_TOKEN,
          slot,
        );
        break;
      case FIRST_TOKEN:
        tell(3, requestEvent(requests, slot, now, nameOf(slot, requests.decode_pool)));
        untilEnd(requests.decode_pool[slot] ?? 0, slot);
        break;
      default:
        end(queue.handler - END, slot);
    }
  }
  recorder.settle();
  return recorder;
}
