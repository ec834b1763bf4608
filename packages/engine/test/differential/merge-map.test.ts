/**
 * The engine against rxjs: `mergeMap(request => timer(service), c)` is a FIFO queue with c servers. Run on rxjs' own
 * virtual time and on the engine's clock.
 */
import {
  from,
  map,
  mergeMap,
  type Observable,
  type SchedulerLike,
  timer,
  VirtualAction,
  VirtualTimeScheduler,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  simulate,
  tokens,
  uniformStream,
  VirtualClock,
} from '../../src/index.ts';

const RATES = { prefill_tokens_per_s: 4000, decode_tokens_per_s: 300 };
const WORKLOADS = 150;

interface Request {
  readonly id: number;
  readonly arrival_s: number;
  readonly prefill_s: number;
  readonly decode_s: number;
}

/** Completion times on a pipe of stages, each with its number of servers. */
function play(
  requests: readonly Request[],
  stages: ReadonlyArray<readonly [servers: number, service: (request: Request) => number]>,
  scheduler: SchedulerLike,
  flush: () => void,
): number[] {
  const completed: number[] = [];
  let flow: Observable<Request> = from(requests).pipe(
    mergeMap((request) => timer(request.arrival_s, scheduler).pipe(map(() => request))),
  );
  for (const [servers, service] of stages)
    flow = flow.pipe(
      mergeMap((request) => timer(service(request), scheduler).pipe(map(() => request)), servers),
    );
  flow.subscribe(({ id }) => {
    completed[id] = scheduler.now();
  });
  flush();
  return completed;
}

/** Workloads without ties: rxjs decides ties by order of scheduling, the engine by id. */
function workload(seed: number) {
  const uniform = uniformStream(seed, 'shape');
  const max_requests = 1 + Math.floor(60 * uniform());
  return {
    gpus: [1 + Math.floor(4 * uniform()), 1 + Math.floor(4 * uniform())] as const,
    plan: {
      seed,
      keep_requests: true,
      workload: {
        kind: 'generated',
        max_requests,
        interarrival_s: exponential(1 + 4 * uniform()),
        prompt_tokens: tokens(lognormal({ mu: 7, sigma: 1 })),
        output_tokens: tokens(lognormal({ mu: 5, sigma: 1 })),
      },
    } as const,
  };
}

function compare(
  result: ReturnType<typeof simulate>,
  stages: ReadonlyArray<readonly [servers: number, service: (request: Request) => number]>,
): void {
  const { requests } = result;
  if (requests === null) throw new Error('the run kept no requests');
  const given = Array.from({ length: requests.length }, (_, id) => ({
    id,
    arrival_s: requests.arrival_s[id] ?? 0,
    prefill_s: (requests.prompt_tokens[id] ?? 0) / RATES.prefill_tokens_per_s,
    decode_s: (requests.output_tokens[id] ?? 0) / RATES.decode_tokens_per_s,
  }));
  const theirs = new VirtualTimeScheduler(VirtualAction, Number.POSITIVE_INFINITY);
  const ours = new VirtualClock();
  for (const expected of [
    play(given, stages, theirs, () => theirs.flush()),
    play(given, stages, ours, () => ours.run(Number.POSITIVE_INFINITY)),
  ]) {
    expect(expected.length).toBe(requests.length);
    for (const [id, time] of expected.entries())
      expect(Math.abs((requests.completed_s[id] ?? Number.NaN) / time - 1)).toBeLessThan(1e-9);
  }
}

describe('the engine and mergeMap with timers', () => {
  it(`monolithic: the same completions for ${WORKLOADS} random workloads`, () => {
    for (let seed = 0; seed < WORKLOADS; seed++) {
      const { gpus, plan } = workload(seed);
      const [num_gpus] = gpus;
      compare(simulate({ ...plan, architecture: monolithic({ num_gpus, ...RATES }) }), [
        [num_gpus, ({ prefill_s, decode_s }) => prefill_s + decode_s],
      ]);
    }
  });

  it(`disaggregated: the same completions for ${WORKLOADS} random workloads`, () => {
    for (let seed = 0; seed < WORKLOADS; seed++) {
      const { gpus, plan } = workload(1000 + seed);
      const [prefill_gpus, decode_gpus] = gpus;
      compare(simulate({ ...plan, architecture: disaggregated({ prefill_gpus, decode_gpus, ...RATES }) }), [
        [prefill_gpus, ({ prefill_s }) => prefill_s],
        [decode_gpus, ({ decode_s }) => decode_s],
      ]);
    }
  });
});
