/**
 * Going straight on to the next event, and events beside the queue, against scheduling them: the same events, at the
 * same times, in the same slices.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Phase, VirtualClock } from '../../src/index.ts';

const chain = fc.record({
  start: fc.nat(6),
  phase: fc.constantFrom(...Object.values(Phase)),
  /** Time from each of its events to the next. */
  gaps: fc.array(fc.nat(3), { maxLength: 12 }),
});

const drive = fc.record({
  chains: fc.array(chain, { minLength: 1, maxLength: 4 }),
  slices: fc.array(fc.record({ until: fc.nat(20), budget: fc.integer({ min: 1, max: 6 }) }), {
    maxLength: 8,
  }),
  /** The run is stopped in this event. */
  stopAt: fc.option(fc.nat(40)),
});

type Drive = typeof drive extends fc.Arbitrary<infer D> ? D : never;

interface Manner {
  readonly going: boolean;
  /** Whether the events of the first chain stand beside the queue. */
  readonly beside: boolean;
}

/** What happened, and how often an event was gone on to. */
function play(
  { chains, slices, stopAt }: Drive,
  { going, beside }: Manner,
): { log: unknown[]; gone: number } {
  const clock = new VirtualClock();
  const log: unknown[] = [];
  let gone = 0;
  let handled = 0;
  const taken = chains.map(() => 0);
  const happen = (at: number): number | undefined => {
    log.push([at, clock.now()]);
    if (handled++ === stopAt) clock.stop();
    const step = taken[at] ?? 0;
    taken[at] = step + 1;
    const gap = chains[at]?.gaps[step];
    return gap === undefined ? undefined : clock.now() + gap;
  };
  const act = (at: number): void => {
    const phase = chains[at]?.phase ?? Phase.arrival;
    let next = happen(at);
    while (going && next !== undefined && clock.goOn(next, phase, at)) {
      gone++;
      next = happen(at);
    }
    if (next !== undefined) schedule(next, phase, at);
  };
  const handler = clock.handler(act);
  clock.handlerBeside(() => act(0));
  const schedule = (time: number, phase: Phase, at: number): void => {
    if (beside && at === 0) clock.beside(time, phase, at);
    else clock.at(time, phase, at, handler, at);
  };
  for (const [at, { start, phase }] of chains.entries()) schedule(start, phase, at);
  for (const { until, budget } of slices) log.push(clock.run(until, budget), clock.now());
  log.push(clock.run(Number.POSITIVE_INFINITY), clock.now());
  return { log, gone };
}

it('handles what scheduling it would have', () => {
  let gone = 0;
  fc.assert(
    fc.property(drive, (input) => {
      const scheduled = play(input, { going: false, beside: false }).log;
      for (const beside of [false, true]) {
        const straight = play(input, { going: true, beside });
        expect(straight.log).toEqual(scheduled);
        gone += straight.gone;
      }
      expect(play(input, { going: false, beside: true }).log).toEqual(scheduled);
    }),
    { numRuns: 500 },
  );
  expect(gone).toBeGreaterThan(1000);
});

it('goes nowhere at no time, before now or past the end of the run', () => {
  const clock = new VirtualClock();
  const gone: boolean[] = [];
  const handler = clock.handler(() => {
    for (const time of [Number.NaN, 4.5, 8, Number.POSITIVE_INFINITY, 7])
      gone.push(clock.goOn(time, Phase.arrival, 0));
  });
  clock.at(5, Phase.arrival, 0, handler, 0);
  expect(clock.run(8)).toBe(2);
  expect(gone).toEqual([false, false, false, false, true]);
  expect(clock.now()).toBe(7);
});

it('stands beside the queue at no time that has passed, and in one place', () => {
  const clock = new VirtualClock();
  const log: number[] = [];
  const act = (): void => void log.push(clock.now());
  const handler = clock.handler(act);
  clock.handlerBeside(act);
  expect(() => clock.handlerBeside(act)).toThrow('taken');
  const late = clock.handler(() => {
    for (const time of [Number.NaN, 4.5]) {
      expect(() => clock.beside(time, Phase.arrival, 0)).toThrow(`An event at ${time} s`);
    }
    clock.beside(9, Phase.arrival, 0);
    expect(clock.quiet).toBe(true);
    clock.at(7, Phase.observer, 0, handler, 0);
    clock.beside(7, Phase.arrival, 0);
  });
  clock.at(5, Phase.arrival, 0, late, 0);
  expect(clock.run(7)).toBe(1);
  expect(clock.run(Number.POSITIVE_INFINITY)).toBe(2);
  expect(log).toEqual([7, 7]);
});
