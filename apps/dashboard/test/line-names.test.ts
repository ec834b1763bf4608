/** One entry names all lines across a chart, and whose they are once. */
import { expect, test } from 'vitest';
import { lineNames } from '../src/charts/line-names.ts';

test.each([
  [['SLO 500 ms'], 'SLO 500 ms'],
  [
    ['SLO 500 ms', 'mono: knee 9 req/s', 'mono: SLO up to 8 req/s', 'disagg: knee 7 req/s', 'this run'],
    'SLO 500 ms · mono: knee 9 req/s, SLO up to 8 req/s · disagg: knee 7 req/s · this run',
  ],
  [['a: b: c', 'a: d'], 'a: b: c, d'],
  [[], ''],
])('%j', (labels, names) => {
  expect(lineNames(labels)).toBe(names);
});
