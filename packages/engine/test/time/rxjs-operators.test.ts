/** rxjs' time operators on virtual time: each gives the same as under rxjs' own TestScheduler. */

import fc from 'fast-check';
import {
  auditTime,
  bufferTime,
  debounceTime,
  delay,
  interval,
  map,
  mergeMap,
  type Observable,
  observeOn,
  of,
  type SchedulerLike,
  sampleTime,
  take,
  takeUntil,
  throttleTime,
  timeout,
  timer,
  toArray,
  VirtualAction,
  VirtualTimeScheduler,
  windowTime,
} from 'rxjs';
import { describe, expect, it } from 'vitest';
import { VirtualClock } from '../../src/index.ts';

const FOREVER = Number.POSITIVE_INFINITY;

type Recipe = (scheduler: SchedulerLike, source: Observable<number>) => Observable<unknown>;

const recipes: Readonly<Record<string, Recipe>> = {
  delay: (scheduler, source) => source.pipe(delay(1.5, scheduler)),
  'bufferTime every 3': (scheduler, source) => source.pipe(bufferTime(3, scheduler)),
  'bufferTime 4 every 2': (scheduler, source) => source.pipe(bufferTime(4, 2, scheduler)),
  'bufferTime 3 of at most 2': (scheduler, source) => source.pipe(bufferTime(3, null, 2, scheduler)),
  debounceTime: (scheduler, source) => source.pipe(debounceTime(1.25, scheduler)),
  auditTime: (scheduler, source) => source.pipe(auditTime(2, scheduler)),
  sampleTime: (scheduler, source) => source.pipe(sampleTime(2.5, scheduler)),
  throttleTime: (scheduler, source) => source.pipe(throttleTime(2, scheduler)),
  observeOn: (scheduler, source) => source.pipe(observeOn(scheduler)),
  'observeOn later': (scheduler, source) => source.pipe(observeOn(scheduler, 0.75)),
  windowTime: (scheduler, source) =>
    source.pipe(
      windowTime(3, scheduler),
      mergeMap((window) => window.pipe(toArray())),
    ),
  interval: (scheduler, source) => interval(1.5, scheduler).pipe(takeUntil(source.pipe(take(3), toArray()))),
  timeout: (scheduler, source) => source.pipe(timeout({ each: 2, scheduler, with: () => of('silence') })),
};

/** What an operator gives for values at the given instants, each with its time. */
function play(recipe: Recipe, at: readonly number[], scheduler: SchedulerLike, flush: () => void): unknown[] {
  const seen: unknown[] = [];
  const source = of(...at.keys()).pipe(
    mergeMap((index) => timer(at[index] ?? 0, scheduler).pipe(map(() => index))),
  );
  recipe(scheduler, source).subscribe({
    next: (value) => seen.push([scheduler.now(), value]),
    complete: () => seen.push([scheduler.now(), 'complete']),
  });
  flush();
  return seen;
}

describe('time operators of rxjs on the virtual clock', () => {
  for (const [name, recipe] of Object.entries(recipes)) {
    it(`${name} gives what it gives on rxjs' own virtual time`, () => {
      const instants = fc.array(
        fc.integer({ min: 0, max: 40 }).map((quarter) => quarter / 4),
        { minLength: 3, maxLength: 15 },
      );
      fc.assert(
        fc.property(instants, (at) => {
          const clock = new VirtualClock();
          const theirs = new VirtualTimeScheduler(VirtualAction, FOREVER);
          // Buffers that refill themselves never end: look as far as every value and its echo.
          theirs.maxFrames = 60;
          const expected = play(recipe, at, theirs, () => theirs.flush());
          expect(play(recipe, at, clock, () => clock.run(60.000001))).toEqual(expected);
          expect(expected.length).toBeGreaterThan(0);
        }),
        { numRuns: 60 },
      );
    });
  }

  it('counts in seconds: timer(1.5) fires at 1.5', () => {
    const clock = new VirtualClock();
    const at: number[] = [];
    timer(1.5, 2, clock)
      .pipe(take(3))
      .subscribe(() => at.push(clock.now()));
    clock.run(FOREVER);
    expect(at).toEqual([1.5, 3.5, 5.5]);
  });

  it('is cancelled by unsubscribing: nothing fires afterwards', () => {
    const clock = new VirtualClock();
    const at: number[] = [];
    const ticks = interval(1, clock).subscribe(() => at.push(clock.now()));
    timer(3.5, clock).subscribe(() => ticks.unsubscribe());
    clock.run(FOREVER);
    expect(at).toEqual([1, 2, 3]);
  });
});
