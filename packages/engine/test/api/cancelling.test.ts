/** Stopping a run from outside: between events, with a result that covers what has happened. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  exponential,
  lognormal,
  monolithic,
  Simulation,
  type SimulationPlan,
  simulate,
  tokens,
} from '../../src/index.ts';
import { drainedScenario, planOf } from '../support/plans.ts';
import { rowsOf } from '../support/rows.ts';
import { smallPlan } from '../support/small-plan.ts';

const longPlan: SimulationPlan = {
  sim_seconds: 10_000,
  warmup_seconds: 10,
  keep_requests: true,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(4),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    output_tokens: tokens(lognormal({ mu: 5, sigma: 1 })),
  },
  architecture: monolithic({ num_gpus: 2, prefill_tokens_per_s: 8000, decode_tokens_per_s: 500 }),
};

describe('cancelling', () => {
  it('by a signal inside a subscriber ends the run after that event', () => {
    const run = new Simulation(longPlan);
    const { signal, ...controller } = abortable();
    run.events.arrivals.subscribe(({ id }) => {
      if (id === 500) controller.abort();
    });
    const result = run.run({ signal });
    const { report } = result;
    expect(report.finished).toBe(false);
    expect(report.outcomes.arrivals).toBe(501);
    expect(report.end_s).toBe(rowsOf(result)[500]?.arrival_s);
    expect(report.window_s).toEqual([10, report.end_s]);
  });

  it('leaves numbers that cover [0, end_s), like those of a run that was to end there', () => {
    const run = new Simulation(longPlan);
    run.advance(3000);
    run.cancel();
    const cancelled = run.run();
    const end_s = cancelled.report.end_s;
    const planned = simulate({ ...longPlan, sim_seconds: end_s });
    // One event at end_s itself has happened: an arrival or an end.
    const { arrivals, completed } = cancelled.report.outcomes;
    expect(arrivals - planned.report.outcomes.arrivals + completed - planned.report.outcomes.completed).toBe(
      1,
    );
    expect(Math.abs(cancelled.report.ttft_s.count - planned.report.ttft_s.count)).toBeLessThanOrEqual(1);
    const [ours, theirs] = [cancelled.report.pools[0], planned.report.pools[0]];
    expect(ours?.utilization).toBeCloseTo(theirs?.utilization ?? Number.NaN, 12);
    expect(ours?.mean_queue_length).toBeCloseTo(theirs?.mean_queue_length ?? Number.NaN, 9);
    for (const row of rowsOf(cancelled)) {
      for (const [name, value] of Object.entries(row)) {
        if (name.endsWith('_s') && !Number.isNaN(value)) expect(value, name).toBeLessThanOrEqual(end_s);
      }
    }
  });

  it('before the first event leaves an empty result', () => {
    for (const cancel of [(run: Simulation) => run.cancel(), () => {}]) {
      const { signal, abort } = abortable();
      abort();
      const run = new Simulation(longPlan);
      cancel(run);
      const { report } = run.run({ signal });
      expect(report).toMatchObject({ finished: false, end_s: 0, window_s: [0, 0], breakdown: null });
      expect(report.outcomes).toEqual({ arrivals: 0, completed: 0, rejected: 0, in_flight: 0 });
      expect(report.ttft_s.count).toBe(0);
      expect(report.throughput_rps).toBe(0);
      expect(report.pools[0]?.utilization).toBe(0);
    }
  });

  it('before the warm-up is over leaves an empty window', () => {
    const run = new Simulation(longPlan);
    run.advance(20);
    run.cancel();
    const { report } = run.run();
    expect(report.end_s).toBeLessThan(10);
    expect(report.window_s).toEqual([report.end_s, report.end_s]);
    expect(report.ttft_s.count).toBe(0);
    expect(report.outcomes.arrivals).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toMatch(/NaN|null,"mean_queue/);
  });

  it('after the end changes nothing', () => {
    const run = new Simulation(smallPlan);
    const result = run.run();
    run.cancel();
    expect(run.run()).toBe(result);
    expect(result.report.finished).toBe(true);
  });

  it('works in slices, and between them', async () => {
    const { signal, abort } = abortable();
    let slices = 0;
    const { report } = await new Simulation(longPlan).runInSlices({
      signal,
      events_per_slice: 100,
      pause: () => {
        if (++slices === 5) abort();
        return Promise.resolve();
      },
    });
    expect(report.finished).toBe(false);
    expect(slices).toBe(5);
  });

  it('never loses a request, wherever it falls', () => {
    fc.assert(
      fc.property(drainedScenario, fc.integer({ min: 0, max: 200 }), (scenario, events) => {
        const run = new Simulation(planOf(scenario));
        const done = run.advance(events).done;
        run.cancel();
        const { report } = run.run();
        expect(report.finished).toBe(done);
        const { arrivals, completed, rejected, in_flight } = report.outcomes;
        expect(completed + rejected + in_flight).toBe(arrivals);
      }),
      { numRuns: 100 },
    );
  });
});

describe('a signal', () => {
  it('keeps no listener of a run that ended', async () => {
    const listening = abortable();
    new Simulation(smallPlan).run({ signal: listening.signal });
    expect(listening.listeners()).toBe(0);
    await new Simulation(smallPlan).runInSlices({ signal: listening.signal });
    expect(listening.listeners()).toBe(0);
  });

  it('keeps no listener of a run that failed', async () => {
    const listening = abortable();
    const failing = (): Simulation => {
      const run = new Simulation(smallPlan);
      run.events.arrivals.subscribe(() => {
        throw new Error('no');
      });
      return run;
    };
    await expect(failing().runInSlices({ signal: listening.signal })).rejects.toThrow('no');
    expect(listening.listeners()).toBe(0);
    expect(() => failing().run({ signal: listening.signal })).toThrow('no');
    expect(listening.listeners()).toBe(0);
  });

  it('may be the AbortSignal of the host', () => {
    const controller = new AbortController();
    const run = new Simulation(longPlan);
    run.events.completions.subscribe(() => controller.abort());
    expect(run.run({ signal: controller.signal }).report).toMatchObject({ finished: false });
  });
});

/** A signal that knows how many listen. */
function abortable() {
  const controller = new AbortController();
  const listening = new Set<() => void>();
  const signal = {
    get aborted() {
      return controller.signal.aborted;
    },
    addEventListener(type: 'abort', listener: () => void) {
      listening.add(listener);
      controller.signal.addEventListener(type, listener);
    },
    removeEventListener(type: 'abort', listener: () => void) {
      listening.delete(listener);
      controller.signal.removeEventListener(type, listener);
    },
  };
  return { signal, abort: () => controller.abort(), listeners: () => listening.size };
}
