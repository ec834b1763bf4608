/**
 * The same queues in plain RxJS: its own VirtualTimeScheduler and a stream per request, `mergeMap` as the pool.
 * Nothing is measured beyond the mean TTFT.
 */
import { mergeMap, Observable, timer, VirtualAction, VirtualTimeScheduler } from 'rxjs';
import type { SimulationPlan } from '../src/plan.ts';
import { generatedSource } from '../src/workload/generated.ts';

interface Drawn {
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}

/** Runs the plan's workload and returns the mean TTFT, seconds. */
export function withVirtualTimeScheduler(plan: SimulationPlan, mode: 'mono' | 'disagg'): number {
  if (plan.workload.kind !== 'generated') throw new Error('the workload is drawn');
  const source = generatedSource(plan.workload, plan.seed ?? 0);
  const clock = new VirtualTimeScheduler(VirtualAction);
  const arrivals = new Observable<Drawn>((subscriber) => {
    const next = (): void => {
      if (!source.advance()) return subscriber.complete();
      const { arrival_s, prompt_tokens, output_tokens } = source;
      clock.schedule(() => {
        subscriber.next({ arrival_s, prompt_tokens, output_tokens });
        next();
      }, arrival_s - clock.now());
    };
    next();
  });
  const prefill_s = ({ prompt_tokens }: Drawn): number => prompt_tokens / 10_000;
  const decode_s = ({ output_tokens }: Drawn): number => output_tokens / 100;
  const served = (gpus: number, seconds: (request: Drawn) => number) =>
    mergeMap((request: Drawn) => timer(seconds(request), clock).pipe(mergeMap(() => [request])), gpus);
  const flow =
    mode === 'mono'
      ? arrivals.pipe(served(355, (request) => prefill_s(request) + decode_s(request)))
      : arrivals.pipe(served(14, prefill_s), served(341, decode_s));
  let total = 0;
  let count = 0;
  flow.subscribe((request) => {
    total += clock.now() - request.arrival_s - decode_s(request) + 0.01;
    count++;
  });
  clock.flush();
  return total / count;
}
