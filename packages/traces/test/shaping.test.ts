import { describe, expect, test } from 'vitest';
import { readTrace, withSeed } from '../src/index.ts';
import { AZURE, fixture, MOONCAKE, rowsOf, traceIn, traceOf, traps } from './support/read.ts';

const HEAD = 'arrival_s,prompt_tokens,output_tokens\n';
const FIVE = `${HEAD}1,10,1\n2,20,2\n4,40,4\n4,41,5\n8,80,8\n`;

describe('limit', () => {
  test('keeps the first requests', async () => {
    expect(rowsOf(await traceIn(FIVE, { limit: 2 })).arrival_s).toEqual([1, 2]);
    expect(rowsOf(await traceIn(FIVE, { limit: 99 })).arrival_s).toEqual([1, 2, 4, 4, 8]);
  });

  test('reads no further', async () => {
    let pieces = 0;
    function* lines() {
      yield HEAD;
      for (;;) {
        pieces++;
        yield `${pieces},1,1\n`;
      }
    }
    const result = await readTrace(lines(), { limit: 10 });
    expect([result.ok, pieces]).toEqual([true, 10]);
  });

  test('is not used up by failed requests', async () => {
    const text = 'Timestamp,Request tokens,Response tokens\n1,5,0\n2,5,6\n3,5,0\n4,5,7\n5,5,8\n';
    expect(rowsOf(await traceIn(text, { limit: 2 })).arrival_s).toEqual([2, 4]);
  });
});

describe('start_s', () => {
  test('drops what comes before and becomes 0', async () => {
    expect(rowsOf(await traceIn(FIVE, { start_s: 1.5 }))).toEqual({
      arrival_s: [0.5, 2.5, 2.5, 6.5],
      prompt_tokens: [20, 40, 41, 80],
      output_tokens: [2, 4, 5, 8],
    });
    expect(rowsOf(await traceIn(FIVE, { start_s: 4, limit: 2 })).prompt_tokens).toEqual([40, 41]);
  });

  test('counts from the first request where times are dates', async () => {
    const { workload } = await traceOf(AZURE, { start_s: 600, limit: 3 });
    const all = (await traceOf(AZURE)).workload.arrival_s;
    const first = all.findIndex((time) => time >= 600);
    expect([...workload.arrival_s]).toEqual([...all.slice(first, first + 3)].map((time) => time - 600));
  });
});

test('time_scale multiplies every time', async () => {
  expect(rowsOf(await traceIn(FIVE, { time_scale: 0.5, start_s: 2 })).arrival_s).toEqual([0, 1, 1, 3]);
});

describe('sort', () => {
  const mixed = `${HEAD}8,80,8\n1,10,1\n4,40,4\n2,20,2\n4,41,5\n`;
  test('puts requests in order of arrival, ties in order of the file', async () => {
    expect(rowsOf(await traceIn(mixed, { sort: true }))).toEqual(rowsOf(await traceIn(FIVE)));
  });

  test('comes before start_s and limit', async () => {
    expect(rowsOf(await traceIn(mixed, { sort: true, start_s: 2, limit: 2 })).prompt_tokens).toEqual([
      20, 40,
    ]);
  });

  test('dates start at the earliest, to the digit', async () => {
    const row = (time: string) => `2023-11-16 18:15:${time},1,1`;
    const text = [
      'TIMESTAMP,ContextTokens,GeneratedTokens',
      row('50.9951690'),
      row('46.6805900'),
      row('46.6805901'),
    ];
    expect(rowsOf(await traceIn(text.join('\n'), { sort: true })).arrival_s).toEqual([0, 1e-7, 4.314579]);
  });

  test('hash ids travel with their request', async () => {
    const line = (t: number, ids: number[]) =>
      JSON.stringify({ timestamp: t, input_length: 512 * ids.length, output_length: 1, hash_ids: ids });
    const text = [line(5, [1, 2, 3]), line(1, [4]), line(3, [5, 6])].join('\n');
    const { workload } = await traceIn(text, { sort: true, hash_ids: true, limit: 2, format: 'mooncake' });
    expect(workload.hash_ids).toEqual({
      block_size: 512,
      offsets: Int32Array.of(0, 1, 3),
      ids: Int32Array.of(4, 5, 6),
    });
  });
});

describe('jitter', () => {
  const mooncake = MOONCAKE;

  test('a trace on a grid says so, and what to do', async () => {
    const { warnings } = await traceOf(mooncake, { format: 'mooncake' });
    expect(warnings.map(({ message }) => message)).toEqual([
      'Arrival times lie on a grid of 3 s: replayed as they are, requests come in bursts that never happened. Read with jitter: true to spread them over the grid cell.',
    ]);
  });

  test('spreads over the cell and keeps rows, so ids stay rows of the file', async () => {
    const raw = await traceOf(mooncake, { format: 'mooncake' });
    const spread = await traceOf(mooncake, { format: 'mooncake', jitter: 'auto', seed: 7 });
    const other = await traceOf(mooncake, { format: 'mooncake', jitter: 'auto', seed: 8 });
    expect(withSeed(spread, 8)).toEqual(other.workload);
    expect(withSeed(other, 7)).toEqual(spread.workload);
    const plain = await traceOf(mooncake, { format: 'mooncake' });
    expect(withSeed(plain, 8)).toBe(plain.workload);
    expect(rowsOf(spread).prompt_tokens).toEqual(rowsOf(raw).prompt_tokens);
    const { arrival_s } = spread.workload;
    expect(arrival_s.every((time, i) => i === 0 || time > (arrival_s[i - 1] ?? 0))).toBe(true);
    // The recorder wobbles by 1 ms, so cells overlap by that much.
    const moved = [...arrival_s].map((time, i) => time - (raw.workload.arrival_s[i] ?? 0));
    expect(Math.min(...moved)).toBeGreaterThan(-0.002);
    expect(Math.max(...moved)).toBeLessThan(3.002);
    expect(moved.reduce((sum, s) => sum + s, 0) / moved.length).toBeCloseTo(1.5, 0);
    expect(spread.warnings.map(({ message }) => message)).toEqual([
      'Arrival times lie on a grid of 3 s; they were spread over 3 s at random (seed 7).',
    ]);
  });

  test('the seed decides, and true means auto', async () => {
    const times = async (seed: number, jitter: true | 'auto') =>
      rowsOf(await traceOf(mooncake, { jitter, seed, format: 'mooncake' })).arrival_s;
    expect(await times(1, true)).toEqual(await times(1, 'auto'));
    expect(await times(1, true)).not.toEqual(await times(2, true));
  });

  test('a number is the width; a trace on no grid is left alone by auto', async () => {
    expect(rowsOf(await traceIn(FIVE, { jitter: 'auto' }))).toEqual(rowsOf(await traceIn(FIVE)));
    const { arrival_s } = rowsOf(await traceIn(FIVE, { jitter: 0.25 }));
    const raw = [1, 2, 4, 4, 8];
    arrival_s.forEach((time, i) => {
      expect(time - (raw[i] ?? 0)).toBeGreaterThan(0);
      expect(time - (raw[i] ?? 0)).toBeLessThan(0.25);
    });
  });

  test('real arrivals lie on no grid', async () => {
    expect(traps(await traceOf(AZURE))).toEqual([]);
    expect(traps(await traceOf(fixture('sharegpt-300.jsonl')))).toEqual([]);
  });

  test('whole seconds of a busy service are a grid of 1 s', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => `${Math.floor(i * 0.7)},5,5`);
    const { warnings } = await traceIn(`Timestamp,Request tokens,Response tokens\n${rows.join('\n')}`);
    expect(warnings.map(({ trap }) => trap)).toEqual(['time_grid']);
    expect(warnings[0]?.message).toMatch(/on a grid of 1 s:/);
  });
});
