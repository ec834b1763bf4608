/** Columns that a terminal gives to letters of any width, as the C library counts them. */
import { expect, it } from 'vitest';
import { columnsOf, padEnd, padStart } from '../../src/terminal/columns.ts';

it.each([
  ['', 0],
  ['p99 ≤ 5 ms', 10],
  ['\u001b[31mred\u001b[0m', 3],
  ['naïve', 5],
  ['nai\u0308ve', 5],
  ['Ελλάδα', 6],
  ['東京', 4],
  ['a\u200bb', 2],
  ['🚀', 2],
])('%j takes %d', (text, columns) => {
  expect(columnsOf(text)).toBe(columns);
  expect(padEnd(text, 12)).toBe(text + ' '.repeat(12 - columns));
  expect(padStart(text, 12)).toBe(' '.repeat(12 - columns) + text);
});
