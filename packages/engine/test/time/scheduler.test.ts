/** The clock as an rxjs scheduler: cancelling and rescheduling, and against rxjs' own virtual time. */
import fc from 'fast-check';
import {
  type SchedulerAction,
  type SchedulerLike,
  type Subscription,
  VirtualAction,
  VirtualTimeScheduler,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/index.ts';

const FOREVER = Number.POSITIVE_INFINITY;

/** What one piece of scheduled work does when its time has come. */
interface Job {
  readonly delay: number;
  /** Runs itself again after each of these delays, in turn. */
  readonly again: readonly number[];
  /** Cancels the job of this index. */
  readonly cancels: number | null;
  /** Schedules one more piece of work after this delay. */
  readonly spawns: number | null;
}

/** Runs a program on a scheduler and notes what happened when. */
function trace(scheduler: SchedulerLike, flush: () => void, jobs: readonly Job[]): string[] {
  const seen: string[] = [];
  const subscriptions: Subscription[] = [];
  for (const [index, { delay, again, cancels, spawns }] of jobs.entries()) {
    const work = function (this: SchedulerAction<number>, turn: number): void {
      seen.push(`${scheduler.now()} job ${index} turn ${turn}`);
      if (cancels !== null) subscriptions[cancels % jobs.length]?.unsubscribe();
      if (spawns !== null)
        scheduler.schedule(() => seen.push(`${scheduler.now()} child of ${index}`), spawns);
      const next = again[turn];
      if (next !== undefined) this.schedule(turn + 1, next);
    };
    subscriptions.push(scheduler.schedule(work, delay, 0));
  }
  flush();
  return seen;
}

const delay = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(0.5));
const job: fc.Arbitrary<Job> = fc.record({
  delay,
  again: fc.array(delay, { maxLength: 4 }),
  cancels: fc.option(fc.nat(20)),
  spawns: fc.option(delay),
});

describe('the clock as a scheduler', () => {
  it('does what the VirtualTimeScheduler of rxjs does, on random programs', () => {
    fc.assert(
      fc.property(fc.array(job, { minLength: 1, maxLength: 12 }), (jobs) => {
        const clock = new VirtualClock();
        const theirs = new VirtualTimeScheduler(VirtualAction, FOREVER);
        const expected = trace(theirs, () => theirs.flush(), jobs);
        expect(trace(clock, () => clock.run(FOREVER), jobs)).toEqual(expected);
      }),
      { numRuns: 500 },
    );
  });

  it('never runs work whose subscription is closed before it is due', () => {
    const clock = new VirtualClock();
    let ran = false;
    const pending = clock.schedule(() => {
      ran = true;
    }, 5);
    clock.schedule(() => pending.unsubscribe(), 4);
    clock.run(FOREVER);
    expect(ran).toBe(false);
  });

  it('closes an action that has run and not asked to run again', () => {
    const clock = new VirtualClock();
    const once = clock.schedule(() => {}, 1);
    const twice = clock.schedule(
      function (this: SchedulerAction<number>, turn) {
        if (turn === 0) this.schedule(1, 1);
      },
      1,
      0,
    );
    clock.run(1.5);
    expect(once.closed).toBe(true);
    expect(twice.closed).toBe(false);
    clock.run(FOREVER);
    expect(twice.closed).toBe(true);
  });

  it.each([
    ['later', 2, 7],
    ['earlier', 7, 2],
  ])('a pending action that is rescheduled %s runs once, at its new time', (_, first, second) => {
    const clock = new VirtualClock();
    const seen: Array<readonly [number, string]> = [];
    const work = (state: string): void => {
      seen.push([clock.now(), state]);
    };
    const action = clock.schedule<string>(work, first, 'old') as SchedulerAction<string>;
    action.schedule('new', second);
    clock.run(FOREVER);
    expect(seen).toEqual([[second, 'new']]);
  });

  it('treats a negative delay as none and refuses one that is not a number', () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    clock.schedule(() => {
      clock.schedule(() => seen.push(clock.now()), -3);
    }, 2);
    clock.run(FOREVER);
    expect(seen).toEqual([2]);
    expect(() => clock.schedule(() => {}, Number.NaN)).toThrow(RangeError);
  });

  it('waits for ever for what is due at infinity', () => {
    const clock = new VirtualClock();
    let ran = false;
    clock.schedule(() => {
      ran = true;
    }, FOREVER);
    expect(clock.run(FOREVER)).toBe(0);
    expect(ran).toBe(false);
  });
});
