/** How a run is driven and who watches it changes no byte of its result. */
import fc from 'fast-check';
import { bufferTime, interval, map, type Observable } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Simulation } from '../../src/index.ts';
import { bytesOf } from '../support/bytes.ts';
import { anyScenario, planOf, runScenario } from '../support/plans.ts';
import { REQUEST_STREAMS } from '../support/watch.ts';

const uncancelled = anyScenario.map(({ cancel_after: _, ...scenario }) => scenario);

describe('the result of a run', () => {
  it('is the same in slices of any sizes', () => {
    const budgets = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(uncancelled, budgets, (scenario, sizes) => {
        const sliced = new Simulation(planOf(scenario));
        // Every other slice at least one event, so that the run ends.
        for (let i = 0; !sliced.advance(i % 2 === 0 ? 1 : (sizes[i % sizes.length] ?? 1)).done; i++);
        expect(bytesOf(sliced.result())).toBe(bytesOf(runScenario(scenario)));
      }),
      { numRuns: 150 },
    );
  });

  it('is the same when the host breathes between slices', async () => {
    await fc.assert(
      fc.asyncProperty(uncancelled, fc.integer({ min: 1, max: 50 }), async (scenario, events_per_slice) => {
        const sliced = await new Simulation(planOf(scenario)).runInSlices({
          events_per_slice,
          pause: () => Promise.resolve(),
        });
        expect(bytesOf(sliced)).toBe(bytesOf(runScenario(scenario)));
      }),
      { numRuns: 100 },
    );
  });

  it('is the same whichever streams are watched', () => {
    const names = fc.subarray([...REQUEST_STREAMS, 'poolStates'] as const);
    fc.assert(
      fc.property(anyScenario, names, (scenario, watched) => {
        // Cancelling counts events, and watching adds some: compare runs that end by themselves.
        const { cancel_after: _, ...whole } = scenario;
        let seen = 0;
        const result = runScenario(whole, ({ events }) => {
          for (const name of watched) {
            const stream: Observable<unknown> = events[name];
            stream.subscribe(() => {
              seen++;
            });
          }
        });
        expect(bytesOf(result)).toBe(bytesOf(runScenario(whole)));
        if (watched.includes('arrivals'))
          expect(seen).toBeGreaterThanOrEqual(result.report.outcomes.arrivals);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same with watchers that come and go, and with timers on the clock', () => {
    fc.assert(
      fc.property(uncancelled, (scenario) => {
        const result = runScenario(scenario, ({ events, clock }) => {
          interval(0.5, clock).subscribe((turn) => {
            if (turn > 40) return;
            const brief = events.firstTokens.subscribe(() => brief.unsubscribe());
          });
          events.completions
            .pipe(
              map(({ id }) => id),
              bufferTime(1, clock),
            )
            .subscribe();
        });
        expect(bytesOf(result)).toBe(bytesOf(runScenario(scenario)));
      }),
      { numRuns: 100 },
    );
  });
});
