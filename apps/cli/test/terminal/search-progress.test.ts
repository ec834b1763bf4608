/** The progress line of many simulations: silent at first, and told also while the first one goes on. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { searchProgress } from '../../src/terminal/search-progress.ts';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => void vi.useRealTimers());

function watched(isTTY: boolean, total: number | null) {
  const written: string[] = [];
  const stream = { isTTY, write: (text: string) => written.push(text) };
  return { written, progress: searchProgress(stream, total) };
}

it('speaks after a second, before any simulation is done', () => {
  const { written, progress } = watched(false, 20);
  vi.advanceTimersByTime(900);
  expect(written).toEqual([]);
  vi.advanceTimersByTime(200);
  expect(written).toEqual(['0 of 20 simulations done\n']);
  progress.ran();
  vi.advanceTimersByTime(8900);
  expect(written.slice(1)).toEqual(['1 of 20 simulations done · 0.2/s · 114 s left\n']);
});

it('says what is examined and how fast, and nothing after its end', () => {
  const { written, progress } = watched(true, null);
  progress.examining('mono 4');
  vi.advanceTimersByTime(2000);
  progress.ran();
  vi.advanceTimersByTime(500);
  expect(written.at(-1)).toBe('\r1 simulation done · 0.4/s · mono 4\u001b[K');
  progress.clear();
  const { length } = written;
  expect(written.at(-1)).toBe('\r\u001b[K');
  vi.advanceTimersByTime(5000);
  expect(written).toHaveLength(length);
});

it('is silent where nobody watches', () => {
  const progress = searchProgress(null, 3);
  progress.ran();
  expect(vi.getTimerCount()).toBe(0);
});
