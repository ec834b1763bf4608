/** Messages on standard error: as wide as a terminal, and a line each where programs read. */
import { expect, it } from 'vitest';
import { linesFor } from '../../src/terminal/tell.ts';

const PROBLEM =
  'chat.yaml:5:22: arrival.rate_per_s must be above 0, got -1. Write for example rate_per_s: 2, which is two requests in a second.';

it('is a line each where it is no terminal', () => {
  expect(linesFor({}, PROBLEM)).toBe(PROBLEM);
  expect(linesFor({ isTTY: false, columns: 40 }, PROBLEM)).toBe(PROBLEM);
});

it.each([undefined, 80, 40, 120])('has no line wider than a terminal of %s columns', (columns) => {
  const terminal = columns === undefined ? { isTTY: true } : { isTTY: true, columns };
  const lines = linesFor(terminal, `${PROBLEM}\n${PROBLEM}`).split('\n');
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThanOrEqual(columns ?? 80);
  // Each problem begins with its place, and what belongs to it is indented.
  expect(lines.filter((line) => line.startsWith('chat.yaml:5:22: '))).toHaveLength(2);
  expect(lines.filter((line) => /^\S/.test(line))).toHaveLength(2);
  expect(lines.join(' ').replaceAll(/ +/g, ' ')).toBe(`${PROBLEM} ${PROBLEM}`);
});

it('has lines of the usual width on a terminal that nobody has given a size', () => {
  expect(linesFor({ isTTY: true, columns: 0 }, PROBLEM)).toBe(linesFor({ isTTY: true }, PROBLEM));
});
