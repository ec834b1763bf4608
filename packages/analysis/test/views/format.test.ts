import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  formatBytes,
  formatCount,
  formatPercent,
  formatQuantity,
  formatRate,
  formatSeconds,
  formatTick,
  NO_VALUE,
} from '../../src/index.ts';

test.each([
  [0, '0 B'],
  [512, '512 B'],
  [0.5, '0.500 B'],
  [999.4, '999 B'],
  [999.6, '1.00 kB'],
  [131072, '131 kB'],
  [1.5e9, '1.50 GB'],
  [9.996e20, '1,000 EB'],
  [null, NO_VALUE],
  [Number.NaN, NO_VALUE],
])('%s bytes: %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
  expect(formatQuantity(bytes, 'bytes/s')).toBe(text === NO_VALUE ? text : `${text}/s`);
});

test.each([
  [0, '0 s'],
  [0.0000125, '0.0125 ms'],
  [0.0005, '0.500 ms'],
  [0.0421, '42.1 ms'],
  [0.5, '500 ms'],
  [0.99949, '999 ms'],
  [0.9996, '1.00 s'],
  [1, '1.00 s'],
  [12.345, '12.3 s'],
  [99.96, '100 s'],
  [3600, '3,600 s'],
  [1234567.8, '1,234,568 s'],
  [-0.02, '−20.0 ms'],
])('%d seconds: %s', (value_s, text) => {
  expect(formatSeconds(value_s)).toBe(text);
});

test.each([
  [0, '0 %'],
  [0.0001, '< 0.1 %'],
  [0.001, '0.1 %'],
  [0.5, '50.0 %'],
  [0.9321, '93.2 %'],
  [0.9994, '99.9 %'],
  [0.99999, '> 99.9 %'],
  [1, '100 %'],
  [1.5, '150.0 %'],
  [-0.25, '−25.0 %'],
  [-0.0004, '> −0.1 %'],
  [-0.077, '−7.7 %'],
  [2161.262, '216,126 %'],
])('a share of %d: %s', (share, text) => {
  expect(formatPercent(share)).toBe(text);
});

test.each([
  [0, '0'],
  [7, '7'],
  [999, '999'],
  [12345, '12,345'],
  [1234567, '1,234,567'],
  [2.1256, '2.13'],
  [1234.5, '1,235'],
])('a count of %d: %s', (count, text) => {
  expect(formatCount(count)).toBe(text);
});

test('rates carry their unit', () => {
  expect(formatRate(1.9283, 'req/s')).toBe('1.93 req/s');
  expect(formatRate(0, 'req/s')).toBe('0 req/s');
  expect(formatRate(123456, 'tokens/s')).toBe('123,456 tokens/s');
});

describe('any unit', () => {
  const units = fc.constantFrom('s', 'share', 'requests', 'GPUs', 'req/s', 'tokens/s');

  test.each([null, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY])(
    '%d is a dash',
    (value) => {
      fc.assert(
        fc.property(units, (unit) => {
          expect(formatQuantity(value, unit)).toBe(NO_VALUE);
        }),
      );
    },
  );

  test('the text reads back to within three digits', () => {
    const magnitudes = fc.double({ min: 1e-3, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(magnitudes, fc.constantFrom('s', 'requests', 'req/s', 'tokens/s'), (value, unit) => {
        const text = formatQuantity(value, unit);
        const scale = text.endsWith(' ms') ? 1e-3 : 1;
        const read = scale * Number.parseFloat(text.replaceAll(',', ''));
        expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.0051);
        expect(text).not.toMatch(/NaN|undefined|\de/);
      }),
    );
  });
});

test.each([
  [0.05, 's', '50 ms'],
  [0.0055, 's', '5.5 ms'],
  [10, 's', '10 s'],
  [200, 'requests', '200'],
  [1.5e6, 'bytes', '1.5 MB'],
  [0.5, 'share', '50 %'],
  [1000, 'tokens/s', '1,000 tokens/s'],
] as const)('beside an axis %d %s is %s', (value, unit, text) => {
  expect(formatTick(value, unit)).toBe(text);
});
