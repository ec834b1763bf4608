/**
 * The same queues in plain RxJS: its own VirtualTimeScheduler, `mergeMap` as the pool and a stream per request that
 * tells its milestones. Nothing is measured beyond the mean TTFT.
 */
import { concat, map, mergeMap, Observable, of, timer, VirtualAction, VirtualTimeScheduler } from 'rxjs';
import type { SimulationPlan } from '../src/plan.ts';
import { generatedSource } from '../src/workload/generated.ts';

interface Drawn {
  readonly id: number;
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}
type Milestone = 'service_start' | 'prefill_end' | 'first_token' | 'completed';
type Told = readonly [milestone: Milestone, request: Drawn];

/** Runs the plan's workload, tells `listen` every milestone and returns the mean TTFT, seconds. */
export function withVirtualTimeScheduler(
  plan: SimulationPlan,
  mode: 'mono' | 'disagg',
  listen: (event: { readonly time_s: number }) => void,
): number {
  if (plan.workload.kind !== 'generated') throw new Error('the workload is drawn');
  const source = generatedSource(plan.workload, plan.seed ?? 0);
  const clock = new VirtualTimeScheduler(VirtualAction);
  const arrivals = new Observable<Drawn>((subscriber) => {
    let id = 0;
    const next = (): void => {
      if (!source.advance()) {
        subscriber.complete();
        return;
      }
      const { arrival_s, prompt_tokens, output_tokens } = source;
      clock.schedule(() => {
        listen({ time_s: clock.now() });
        subscriber.next({ id: id++, arrival_s, prompt_tokens, output_tokens });
        next();
      }, arrival_s - clock.now());
    };
    next();
  });
  const after = (seconds: number, milestone: Milestone, request: Drawn): Observable<Told> =>
    timer(seconds, clock).pipe(map((): Told => [milestone, request]));
  const started = (request: Drawn): Observable<Told> => of<Told>(['service_start', request]);
  const prefill = (request: Drawn) => after(request.prompt_tokens / 10_000, 'prefill_end', request);
  const decode = (request: Drawn) =>
    concat(
      after(1 / 100, 'first_token', request),
      after((request.output_tokens - 1) / 100, 'completed', request),
    );
  const flow =
    mode === 'mono'
      ? arrivals.pipe(mergeMap((request) => concat(started(request), prefill(request), decode(request)), 355))
      : arrivals.pipe(
          mergeMap((request) => concat(started(request), prefill(request)), 14),
          mergeMap((told) => {
            if (told[0] !== 'prefill_end') return of(told);
            return concat(of(told), started(told[1]), decode(told[1]));
          }, 341),
        );
  let total = 0;
  let count = 0;
  flow.subscribe(([milestone, request]) => {
    listen({ time_s: clock.now() });
    if (milestone !== 'first_token') return;
    total += clock.now() - request.arrival_s;
    count++;
  });
  clock.flush();
  return total / count;
}
