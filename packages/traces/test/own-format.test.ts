/** Column names and units of one's own. */
import { describe, expect, test } from 'vitest';
import type { OwnTraceFormat } from '../src/index.ts';
import { problemsIn, rowsOf, traceIn } from './support/read.ts';

const columns = { arrival: 'when', prompt_tokens: 'in', output_tokens: 'out' };
const jsonl: OwnTraceFormat = { container: 'jsonl', columns, arrival_unit: 's' };
const csv: OwnTraceFormat = { container: 'csv', columns, arrival_unit: 's' };

describe('arrivals', () => {
  test.each<[OwnTraceFormat['arrival_unit'], number, number]>([
    ['s', 2, 3.5],
    ['ms', 2000, 3500],
    ['us', 2e6, 3.5e6],
    ['ns', 2e9, 3.5e9],
  ])('in %s', async (arrival_unit, first, second) => {
    const text = `{"when":${first},"in":5,"out":6}\n{"when":${second},"in":7,"out":8}\n`;
    const read = await traceIn(text, { format: { ...jsonl, arrival_unit } });
    expect(rowsOf(read)).toEqual({ arrival_s: [2, 3.5], prompt_tokens: [5, 7], output_tokens: [6, 8] });
    expect(read.format).toBe('jsonl');
    const since = await traceIn(text, { format: { ...jsonl, arrival_unit, since_1970: true } });
    expect(rowsOf(since).arrival_s).toEqual([0, 1.5]);
  });

  test('as dates', async () => {
    const text = 'out,when,in\n6,2026-01-02T03:04:05.5Z,5\n8,2026-01-02T03:04:07Z,7\n';
    const read = await traceIn(text, { format: { ...csv, arrival_unit: 'date' } });
    expect(rowsOf(read)).toEqual({ arrival_s: [0, 1.5], prompt_tokens: [5, 7], output_tokens: [6, 8] });
    expect(read.format).toBe('csv');
  });
});

test('sessions and failed requests are told by columns of their own', async () => {
  const format = { ...csv, columns: { ...columns, session: 'user' }, zero_output_is_failure: true };
  const read = await traceIn('when,in,out,user\n0,1,2,ann\n1,3,0,bob\n2,5,6,ann\n', { format });
  expect(rowsOf(read).output_tokens).toEqual([2, 6]);
  expect([...(read.workload.session ?? [])]).toHaveLength(2);
  expect(new Set(read.workload.session).size).toBe(1);
});

test('what is wrong is told in the names of the file', async () => {
  expect(await problemsIn('when,in,out\n0,5,none\n', { format: csv })).toEqual([
    't:2:5: out must be a whole number of at least 1, not "none". Correct the value or remove the row.',
  ]);
  expect((await problemsIn('when,in\n0,5\n', { format: csv }))[0]).toContain('column out missing');
  expect(
    (await problemsIn('when,in,out\n-1,5,6\n', { format: { ...csv, arrival_unit: 'ms' } }))[0],
  ).toContain('when must be a number of milliseconds of at least 0');
});

test.each<[string, unknown, string]>([
  ['no container', { ...csv, container: undefined }, 'format.container must be csv or jsonl, got undefined'],
  [
    'an unknown unit',
    { ...csv, arrival_unit: 'min' },
    'format.arrival_unit must be s, ms, us, ns or date, got min',
  ],
  [
    'no column of outputs',
    { ...csv, columns: { arrival: 'when', prompt_tokens: 'in' } },
    'format.columns.output_tokens must be the name of a column, got undefined',
  ],
  [
    'one column for two',
    { ...csv, columns: { ...columns, output_tokens: 'in' } },
    'format.columns must name different columns, got when, in, in',
  ],
])('%s is refused', async (_, format, message) => {
  await expect(traceIn('', { format: format as OwnTraceFormat })).rejects.toThrow(message);
});
