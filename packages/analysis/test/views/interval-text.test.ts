import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatDifference, formatEstimate, formatInterval, type Unit } from '../../src/index.ts';

test.each<[number, number, Unit, string]>([
  [0.41234, 0.0231, 's', '412 ± 23 ms'],
  [1.23456, 0.0456, 's', '1.235 ± 0.046 s'],
  [0.0005, 3, 's', '0.0 ± 3.0 s'],
  [0.9321, 0.0112, 'share', '93.2 ± 1.1 %'],
  [12345.6, 234.5, 'tokens/s', '12,346 ± 235 tokens/s'],
  [-0.012, 0.003, 's', '−12.0 ± 3.0 ms'],
  [4, 0, 'GPUs', '4 ± 0'],
  [0.5, 1e-17, 's', '500 ms ± 0'],
  [0.277, 0.075, 'requests', '0.277 ± 0.075'],
])('%d ± %d %s reads %s', (mean, half_width, unit, text) => {
  expect(formatInterval({ mean, half_width }, unit)).toBe(text);
});

test.each<[number, number, string]>([
  [0.9994, 0.0026, '99.94 (99.68–100) %'],
  [0.0014, 0.0038, '0.14 (0–0.52) %'],
  [0.5, 0.8, '50 (0–100) %'],
  [0.9321, 0.0112, '93.2 ± 1.1 %'],
  [1, 0, '100 % ± 0'],
  [1, 1e-17, '100 % ± 0'],
  // Of what is no part of a whole nothing is cut.
  [1.2, 0.31, '120 ± 31 %'],
  [-0.002, 0.01, '−0.2 ± 1.0 %'],
])('a share of %d ± %d is never told beyond 0 and 100 %%: %s', (mean, half_width, text) => {
  expect(formatEstimate({ mean, half_width }, 'share')).toBe(text);
});

test.each<[number, number, Unit, string]>([
  [-0.076, 0.012, 'share', '−7.6 ± 1.2 pp'],
  [0, 0, 'share', '0 pp ± 0'],
  [0.09, 0.01, 's', '90 ± 10 ms'],
])('a difference of %d ± %d %s reads %s', (mean, half_width, unit, text) => {
  expect(formatDifference({ mean, half_width }, unit)).toBe(text);
});

test('what is no share, or no number, is told as any interval', () => {
  const wide = { mean: 0.002, half_width: 0.004 };
  expect(formatEstimate(wide, 's')).toBe(formatInterval(wide, 's'));
  expect(formatEstimate(null, 'share')).toBe('–');
  expect(formatEstimate({ mean: 0.5, half_width: Number.POSITIVE_INFINITY }, 'share')).toBe('–');
});

test('nothing reads as nothing', () => {
  expect(formatInterval(null, 's')).toBe('–');
  expect(formatInterval({ mean: Number.NaN, half_width: 1 }, 's')).toBe('–');
});

test('what is read back lies within a tenth of the half-width', () => {
  const number = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(number, number, (mean, half_width) => {
      const [, m = '', h = ''] =
        /^(\S+) ± (\S+) tokens\/s$/.exec(formatInterval({ mean, half_width }, 'tokens/s')) ?? [];
      const read = (text: string): number => Number(text.replaceAll(',', ''));
      expect(Math.abs(read(m) - mean)).toBeLessThanOrEqual(
        0.5 * Math.max(half_width / 10, 1e-9) + (half_width >= 10 ? 0.5 : 0),
      );
      expect(Math.abs(read(h) - half_width)).toBeLessThanOrEqual(half_width / 10);
    }),
  );
});
