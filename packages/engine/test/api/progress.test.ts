/** How far a run is, and runs in slices. */
import { interval } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  constant,
  exponential,
  monolithic,
  type Progress,
  Simulation,
  type SimulationPlan,
} from '../../src/index.ts';
import { smallPlan } from '../support/small-plan.ts';

const plan: SimulationPlan = {
  sim_seconds: 20_000,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(3),
    prompt_tokens: constant(100),
    output_tokens: constant(100),
  },
  architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 1000, decode_tokens_per_s: 1000 }),
};

describe('progress', () => {
  it('rises from 0 to 1 and ends with done, which nothing follows', () => {
    const run = new Simulation(plan);
    const seen: Progress[] = [];
    let complete = false;
    run.progress.subscribe({
      next: (progress) => seen.push(progress),
      complete: () => {
        complete = true;
      },
    });
    const { report } = run.run();
    expect(complete).toBe(true);
    expect(seen.length).toBeGreaterThan(3);
    for (const name of ['time_s', 'fraction', 'arrivals', 'completed'] as const) {
      const values = seen.map((progress) => progress[name]);
      expect(values).toEqual([...values].sort((a, b) => a - b));
    }
    expect(seen.map(({ done }) => done)).toEqual(seen.map((_, i) => i === seen.length - 1));
    expect(seen[0]?.fraction).toBeGreaterThan(0);
    expect(seen[0]?.fraction).toBeLessThan(1);
    expect(seen.at(-1)).toMatchObject({
      fraction: 1,
      done: true,
      arrivals: report.outcomes.arrivals,
      completed: report.outcomes.completed,
    });
  });

  it('of a cancelled run ends where the run ended', () => {
    const run = new Simulation(plan);
    run.advance(1000);
    run.cancel();
    const { time_s, fraction, done } = run.advance(1);
    expect(done).toBe(true);
    expect(fraction).toBeCloseTo(time_s / 20_000, 12);
    expect(fraction).toBeLessThan(0.1);
  });

  it('of a run until drained is the share of the requests that have arrived', () => {
    const run = new Simulation(smallPlan);
    expect(run.advance(1)).toEqual({ time_s: 0, fraction: 0.25, arrivals: 1, completed: 0, done: false });
    const { fraction, done } = run.advance(1000);
    expect({ fraction, done }).toEqual({ fraction: 1, done: true });
  });

  it('of a run over a given time is the share of that time', () => {
    const run = new Simulation({ ...smallPlan, sim_seconds: 40 });
    run.advance(2);
    expect(run.advance(1).fraction).toBe(2 / 40);
  });
});

describe('advance', () => {
  it('handles no event when told 0, and at most as many as told', () => {
    const run = new Simulation(smallPlan);
    expect(run.advance(0)).toMatchObject({ arrivals: 0, done: false });
    expect(run.advance(1)).toMatchObject({ arrivals: 1, done: false });
  });

  it('has a result only when done, always the same', () => {
    const run = new Simulation(smallPlan);
    expect(() => run.result()).toThrow(/not done/);
    run.advance(1);
    expect(() => run.result()).toThrow(/not done/);
    while (!run.advance(1).done);
    const result = run.result();
    expect(run.advance(5).done).toBe(true);
    expect(run.run()).toBe(result);
  });
});

describe('a run until drained', () => {
  it('ends with its last request, although a timer ticks on', () => {
    const run = new Simulation(smallPlan);
    let ticks = 0;
    interval(1, run.clock).subscribe(() => {
      if (++ticks > 1000) throw new Error('the timer kept the run going');
    });
    expect(run.run().report).toMatchObject({ finished: true, end_s: 11 });
    expect(ticks).toBe(10);
  });
});

describe('runInSlices', () => {
  it('pauses after each slice but the last', async () => {
    let pauses = 0;
    const run = new Simulation(smallPlan);
    const slices: Progress[] = [];
    run.progress.subscribe((progress) => slices.push(progress));
    await run.runInSlices({
      events_per_slice: 3,
      pause: async () => {
        pauses++;
      },
    });
    expect(slices.length).toBeGreaterThan(1);
    expect(pauses).toBe(slices.length - 1);
  });

  it('lets the host do other work between slices', async () => {
    const turns: string[] = [];
    const other = setInterval(() => turns.push('other'), 0);
    const run = new Simulation(plan);
    await run.runInSlices({ events_per_slice: 1000 });
    clearInterval(other);
    expect(turns.length).toBeGreaterThan(5);
  });

  it.each([0, -5, Number.NaN])(
    'refuses slices of %d events, which would never end',
    async (events_per_slice) => {
      const run = new Simulation(smallPlan);
      let pauses = 0;
      const pause = async (): Promise<void> => {
        if (++pauses > 50) throw new Error('it went on for ever');
      };
      await expect(run.runInSlices({ events_per_slice, pause })).rejects.toThrow(RangeError);
    },
  );
});
