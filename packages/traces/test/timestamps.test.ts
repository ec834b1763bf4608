import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseTimestamp, secondsBetween, writeTimestamp } from '../src/formats/timestamp.ts';
import { rowsOf, traceIn } from './support/read.ts';

const azure = (...times: string[]) =>
  `TIMESTAMP,ContextTokens,GeneratedTokens\n${times.map((time) => `${time},1,1`).join('\n')}`;

test('all seven digits survive', async () => {
  const { arrival_s } = rowsOf(
    await traceIn(
      azure('2023-11-16 18:15:46.6805900', '2023-11-16 18:15:46.6805901', '2023-11-16 18:15:50.9951690'),
    ),
  );
  expect(arrival_s).toEqual([0, 1e-7, 4.314579]);
});

test('zones count', async () => {
  const times = [
    '2024-05-10 00:00:00.009930+00:00',
    '2024-05-10T02:00:01.009930+02:00',
    '2024-05-09 19:30:02.00993-04:30',
  ];
  expect(rowsOf(await traceIn(azure(...times))).arrival_s).toEqual([0, 1, 2]);
  expect(rowsOf(await traceIn(azure('2024-05-10T00:00:00Z', '2024-05-10 00:00:01'))).arrival_s).toEqual([
    0, 1,
  ]);
});

test.each([
  '2023-02-29 00:00:00',
  '2023-13-01 00:00:00',
  '2023-01-00 00:00:00',
  '2023-01-01 24:00:00',
  '2023-01-01 00:60:00',
  '2023-01-01 00:00:60',
  '2023-01-01',
  '2023-1-1 0:0:0',
  '18:15:46.6805900',
  '2023-01-01 00:00:00.',
  '2023-01-01 00:00:00+2',
  '1700158546.68',
  '',
])('%j is no timestamp', (text) => {
  expect(parseTimestamp(text)).toBeNull();
});

test('a leap day and the turn of a year', () => {
  const at = (text: string) => parseTimestamp(text) ?? { s: Number.NaN, ns: 0 };
  expect(secondsBetween(at('2024-02-28 00:00:00'), at('2024-03-01 00:00:00'))).toBe(2 * 86_400);
  expect(secondsBetween(at('2023-12-31 23:59:59.9999999'), at('2024-01-01 00:00:00'))).toBe(1e-7);
});

describe('written and read back', () => {
  const start = { s: 0, ns: 0 };

  test('a time is the same to 100 ns', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e15 }), (ticks) => {
        const moment = parseTimestamp(writeTimestamp(ticks / 1e7));
        expect(moment && secondsBetween(start, moment)).toBe(ticks / 1e7);
      }),
    );
  });

  test('a fraction that rounds up carries into the seconds', () => {
    expect(writeTimestamp(59.99999999)).toBe('1970-01-01 00:01:00.0000000');
  });
});
