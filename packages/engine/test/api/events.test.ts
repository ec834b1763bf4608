/** What happens, as Observables: in order of time, complete at the end, and free while nobody listens. */
import fc from 'fast-check';
import { take } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { EventStream } from '../../src/events/event-stream.ts';
import { Simulation } from '../../src/index.ts';
import { anyScenario, planOf } from '../support/plans.ts';
import { smallPlan } from '../support/small-plan.ts';
import { REQUEST_STREAMS, runWatched } from '../support/watch.ts';

const NAMES = [...REQUEST_STREAMS, 'poolStates'] as const;

/** The streams from inside, where one can see whether somebody listens. */
function streamOf(run: Simulation, name: (typeof NAMES)[number]): EventStream<unknown> {
  const stream: unknown = run.events[name];
  if (!(stream instanceof EventStream)) throw new Error(`${name} is no event stream`);
  return stream;
}

describe('the events of a run', () => {
  it('come in order of virtual time, across all streams', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { seen } = runWatched(scenario);
        for (const events of [seen.happenings, seen.poolStates]) {
          const times = events.map(({ time_s }) => time_s);
          expect(times).toEqual([...times].sort((a, b) => a - b));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('follow each request through its life: arrival, service, prefill end, …, completion', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const lives = new Map<number, string[]>();
        for (const { id, what } of runWatched(scenario).seen.happenings)
          lives.set(id, [...(lives.get(id) ?? []), what]);
        const whole =
          scenario.cluster.mode === 'mono'
            ? ['arrivals', 'serviceStarts', 'prefillEnds', 'firstTokens', 'completions']
            : ['arrivals', 'serviceStarts', 'prefillEnds', 'serviceStarts', 'firstTokens', 'completions'];
        for (const life of lives.values()) expect(life).toEqual(whole.slice(0, life.length));
      }),
      { numRuns: 150 },
    );
  });

  it("tell the clock's time, the request and its place", () => {
    const run = new Simulation(smallPlan);
    for (const name of REQUEST_STREAMS) {
      run.events[name].subscribe((event) => {
        expect(event.time_s).toBe(run.clock.now());
        expect(event.prompt_tokens).toBeGreaterThanOrEqual(1);
        expect(event.output_tokens).toBeGreaterThanOrEqual(1);
        if (name === 'arrivals') expect(event).toMatchObject({ pool: null, gpu: -1 });
        else expect(event).toMatchObject({ pool: 'gpu', gpu: 0 });
      });
    }
    run.run();
  });

  it('complete when the run ends, when it is cancelled, and at once for who comes later', () => {
    for (const cancel of [false, true]) {
      const run = new Simulation(smallPlan);
      const completed: string[] = [];
      for (const name of NAMES) streamOf(run, name).subscribe({ complete: () => completed.push(name) });
      run.advance(3);
      expect(completed).toEqual([]);
      if (cancel) run.cancel();
      run.run();
      expect(completed.sort()).toEqual([...NAMES].sort());
      let late = false;
      run.events.arrivals.subscribe({
        next: () => expect.fail('an event after the end'),
        complete: () => {
          late = true;
        },
      });
      expect(late).toBe(true);
    }
  });

  it('cost nothing while nobody listens: nothing is published without a subscriber', () => {
    const run = new Simulation(smallPlan);
    for (const name of NAMES) expect(streamOf(run, name).observed, name).toBe(false);
    const subscription = run.events.completions.subscribe();
    expect(NAMES.filter((name) => streamOf(run, name).observed)).toEqual(['completions']);
    subscription.unsubscribe();
    for (const name of NAMES) expect(streamOf(run, name).observed, name).toBe(false);
  });

  it('leave no subscriber behind, neither at the end nor after an operator has had enough', () => {
    const run = new Simulation(smallPlan);
    run.events.arrivals.pipe(take(2)).subscribe();
    run.events.firstTokens.subscribe();
    run.advance(12);
    expect(streamOf(run, 'arrivals').observed).toBe(false);
    run.run();
    for (const name of NAMES) expect(streamOf(run, name).observed, name).toBe(false);
  });

  it('reach every subscriber, also when one unsubscribes another or itself in between', () => {
    const run = new Simulation(smallPlan);
    const seen: string[] = [];
    const first = run.events.arrivals.subscribe(({ id }) => {
      seen.push(`first ${id}`);
      if (id === 1) second.unsubscribe();
      if (id === 2) first.unsubscribe();
    });
    const second = run.events.arrivals.subscribe(({ id }) => seen.push(`second ${id}`));
    run.events.arrivals.subscribe(({ id }) => seen.push(`third ${id}`));
    run.run();
    expect(seen).toEqual([
      'first 0',
      'second 0',
      'third 0',
      'first 1',
      'third 1',
      'first 2',
      'third 2',
      'third 3',
    ]);
  });

  it('can be subscribed in the middle of a run', () => {
    fc.assert(
      fc.property(anyScenario, fc.integer({ min: 0, max: 60 }), (scenario, events) => {
        const { cancel_after: _, ...whole } = scenario;
        const run = new Simulation(planOf(whole));
        run.advance(events);
        const from_s = run.clock.now();
        const times: number[] = [];
        for (const name of REQUEST_STREAMS) run.events[name].subscribe(({ time_s }) => times.push(time_s));
        run.run();
        expect(times.every((time_s) => time_s >= from_s)).toBe(true);
      }),
      { numRuns: 50 },
    );
  });
});
