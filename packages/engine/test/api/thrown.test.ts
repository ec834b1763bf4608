/** What a subscriber throws stops the run between two events, and reaches its caller. */
import { catchError, EMPTY, filter, map, mergeMap, of, scan, share, tap } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { Simulation, type SimulationEvents } from '../../src/index.ts';
import { smallPlan } from '../support/small-plan.ts';

const fault = new Error('the subscriber gave up');
const throwing = (): never => {
  throw fault;
};

const subscriptions: Readonly<Record<string, (events: SimulationEvents) => unknown>> = {
  'a function': ({ arrivals }) => arrivals.subscribe(throwing),
  'an observer': ({ arrivals }) => arrivals.subscribe({ next: throwing }),
  'an observer with an error handler for others': ({ arrivals }) =>
    arrivals.subscribe({ next: throwing, error: () => expect.fail('its own fault') }),
  'a function behind map': ({ arrivals }) => arrivals.pipe(map(({ id }) => id)).subscribe(throwing),
  'a function behind several operators': ({ serviceStarts }) =>
    serviceStarts
      .pipe(
        filter(({ id }) => id >= 0),
        scan((n) => n + 1, 0),
        mergeMap((n) => of(n, n)),
        share(),
      )
      .subscribe(throwing),
  'a projection': ({ firstTokens }) => firstTokens.pipe(map(throwing)).subscribe(),
  'a predicate, nobody minding the rest': ({ completions }) =>
    completions.pipe(filter(throwing)).subscribe(() => {}),
  'a tap on pool states': ({ poolStates }) => poolStates.pipe(tap(throwing)).subscribe(),
  'an error handler': ({ prefillEnds }) =>
    prefillEnds.pipe(map(() => JSON.parse('{'))).subscribe({ error: throwing }),
  'the end of a stream': ({ completions }) => completions.subscribe({ complete: throwing }),
};

describe('what a subscriber throws', () => {
  for (const [where, subscribe] of Object.entries(subscriptions)) {
    it(`in ${where} is thrown by run()`, () => {
      const run = new Simulation(smallPlan);
      subscribe(run.events);
      expect(() => run.run()).toThrow(fault);
    });
  }

  it('rejects runInSlices()', async () => {
    const run = new Simulation(smallPlan);
    run.events.completions.subscribe(throwing);
    await expect(run.runInSlices({ events_per_slice: 1 })).rejects.toBe(fault);
  });

  it('is thrown by the slice in which it happened', () => {
    const run = new Simulation(smallPlan);
    run.events.completions.subscribe(throwing);
    expect(() => {
      for (let slice = 0; slice < 100; slice++) {
        expect(run.clock.now()).toBeLessThan(2);
        run.advance(1);
      }
    }).toThrow(fault);
    expect(run.clock.now()).toBe(2);
  });

  it('stops the run between events: the event at hand is told to all, the next to nobody', () => {
    const run = new Simulation(smallPlan);
    const seen: number[] = [];
    run.events.arrivals.subscribe(({ id }) => {
      if (id === 1) throw fault;
    });
    run.events.arrivals.subscribe(({ id }) => seen.push(id));
    expect(() => run.run()).toThrow(fault);
    expect(seen).toEqual([0, 1]);
  });

  it('stays thrown: a failed run does not go on, nor has it a result', () => {
    const run = new Simulation(smallPlan);
    run.events.arrivals.subscribe(throwing);
    expect(() => run.run()).toThrow(fault);
    expect(() => run.run()).toThrow(fault);
    expect(() => run.advance(10)).toThrow(fault);
    expect(() => run.result()).toThrow();
  });

  it('is the first of several', () => {
    const run = new Simulation(smallPlan);
    run.events.arrivals.subscribe(throwing);
    run.events.arrivals.subscribe(() => {
      throw new Error('the second');
    });
    expect(() => run.run()).toThrow(fault);
  });

  it('in a progress subscriber is thrown too', () => {
    const run = new Simulation(smallPlan);
    run.progress.subscribe(throwing);
    expect(() => run.run()).toThrow(fault);
  });

  it('and caught by itself harms nobody', () => {
    const run = new Simulation(smallPlan);
    const ids: number[] = [];
    run.events.arrivals
      .pipe(
        map(({ id }) => (id === 2 ? throwing() : id)),
        catchError(() => EMPTY),
      )
      .subscribe((id) => ids.push(id));
    expect(run.run().report.outcomes.completed).toBe(4);
    expect(ids).toEqual([0, 1]);
  });

  it('and handled by an error handler harms nobody', () => {
    const run = new Simulation(smallPlan);
    let caught: unknown;
    run.events.arrivals.pipe(map(throwing)).subscribe({
      error: (error) => {
        caught = error;
      },
    });
    expect(run.run().report.outcomes.completed).toBe(4);
    expect(caught).toBe(fault);
  });
});
