/** The progress line: silent at first, rewritten on a terminal, plain lines elsewhere. */
import { describe, expect, it } from 'vitest';
import { progressLine } from '../src/terminal/progress.ts';

/** What was written at which millisecond of a run of 20 s with an update every 50 ms. */
function watch(isTTY: boolean) {
  const written: Array<{ at: number; text: string }> = [];
  let now = 0;
  const stream = { isTTY, write: (text: string) => written.push({ at: now, text }) };
  const line = progressLine(stream, () => now);
  for (; now < 20_000; now += 50) {
    const completed = now * 200;
    line.update({ time_s: now, fraction: now / 20_000, arrivals: completed, completed, done: false });
  }
  line.clear();
  return written;
}

describe('progress', () => {
  it('on a terminal is one line, rewritten ten times a second, cleared at the end', () => {
    const written = watch(true);
    expect(written[0]).toEqual({
      at: 1000,
      text: '\r5 % · 200,000 requests done · 200 k requests/s · 0:19 left\u001b[K',
    });
    expect(written.at(-1)?.text).toBe('\r\u001b[K');
    expect(written.length).toBeLessThanOrEqual(192);
    expect(written.every(({ text }) => text.startsWith('\r') && !text.includes('\n'))).toBe(true);
  });

  it('elsewhere is a plain line every five seconds', () => {
    const written = watch(false);
    expect(written.map(({ at }) => at)).toEqual([1000, 6000, 11_000, 16_000]);
    expect(written[1]?.text).toBe('30 % · 1,200,000 requests done · 200 k requests/s · 0:14 left\n');
  });

  it('is silent for a run of less than a second, and when there is no share to tell', () => {
    const written: string[] = [];
    let now = 0;
    const line = progressLine({ write: (text) => written.push(text) }, () => now);
    const progress = { time_s: 1, fraction: Number.NaN, arrivals: 9, completed: 9, done: false };
    now = 999;
    line.update(progress);
    line.clear();
    expect(written).toEqual([]);
    now = 1000;
    line.update(progress);
    expect(written).toEqual(['9 requests done · 9 requests/s\n']);
  });
});
