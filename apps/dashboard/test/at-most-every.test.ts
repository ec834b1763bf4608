/** Progress that a page is told at most so often, on a clock that the test moves. */
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atMostEvery } from '../src/sim/at-most-every.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['performance'] }));
afterEach(() => void vi.useRealTimers());

test('ten times a second, whatever the simulator reports', () => {
  const passed: number[] = [];
  const report = atMostEvery(100, (fraction) => passed.push(fraction));
  for (let ms = 0; ms < 1000; ms++) {
    report(ms / 1000);
    vi.advanceTimersByTime(1);
  }
  expect(passed).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]);
});

test('the next one after a silence at once, and none too soon after it', () => {
  const passed: number[] = [];
  const report = atMostEvery(100, (fraction) => passed.push(fraction));
  report(0.1);
  vi.advanceTimersByTime(250);
  report(0.2);
  vi.advanceTimersByTime(99);
  report(0.3);
  vi.advanceTimersByTime(1);
  report(0.4);
  expect(passed).toEqual([0.1, 0.2, 0.4]);
});
