/** Real traces against statistics that another program computed. */
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { inspectTrace, type TraceStatistics } from '../src/index.ts';
import { AZURE, beside, fixture, MOONCAKE, traceOf } from './support/read.ts';

const [head = '', ...lines] = readFileSync(fixture('trace-statistics.csv'), 'utf8').trim().split('\n');

/** The printed cells of a row, by column; empty ones left out. */
function published(trace: string): Map<string, string> {
  const cells = lines.find((line) => line.startsWith(`${trace},`))?.split(',') ?? [];
  const named = head.split(',').map((name, i): [string, string] => [name, cells[i] ?? '']);
  return new Map(named.filter(([name, cell]) => cell !== '' && name !== 'trace' && name !== 'notes'));
}

function computed(name: string, seen: TraceStatistics): number | null {
  const { prompt_tokens, output_tokens, ...others } = seen;
  const columns: Record<string, number | null> = { ...others };
  for (const [key, value] of Object.entries(prompt_tokens)) columns[`in_${key}`] = value;
  for (const [key, value] of Object.entries(output_tokens)) columns[`out_${key}`] = value;
  return columns[name] ?? null;
}

/** Equal to all digits that were printed. */
function expectPrinted(seen: TraceStatistics, row: Map<string, string>): void {
  for (const [name, printed] of row) {
    const digits = printed.split('.')[1]?.length ?? 0;
    const off = Math.abs((computed(name, seen) ?? Number.NaN) - Number(printed));
    expect(
      [name, off <= 0.5 * 10 ** -digits + 1e-9],
      `${name}: ${computed(name, seen)}, printed ${printed}`,
    ).toEqual([name, true]);
  }
}

test('Azure conversations', async () => {
  const row = published('azure_conv_2023');
  expect(row.size).toBe(21);
  expectPrinted(inspectTrace(await traceOf(AZURE)), row);
});

test('ShareGPT', async () => {
  const seen = inspectTrace(await traceOf(fixture('sharegpt-300.jsonl'), { hash_ids: true }));
  expectPrinted(seen, published('sharegpt_llmservingsim_llama3.1-8b'));
  expect(seen.prefix_hit_rate).toBeCloseTo(0.0759, 4);
});

test('Mooncake, the first 500 requests', async () => {
  const seen = inspectTrace(await traceOf(MOONCAKE, { hash_ids: true }));
  expect(seen).toMatchObject({ n: 500, time_grid_s: 3, block_size: 512 });
  expect(seen.prompt_tokens.mean).toBeCloseTo(14249.71, 3);
  expect(seen.prefix_hit_rate).toBeCloseTo(0.1639, 4);
});

const mooncake = beside('mooncake-conversation.jsonl');
test.skipIf(!existsSync(mooncake))('Mooncake, 40 minutes', async () => {
  const seen = inspectTrace(await traceOf(mooncake, { hash_ids: true }));
  expect(seen).toMatchObject({ n: 7980, time_grid_s: 3, block_size: 512 });
  expect(seen.prefix_hit_rate).toBeCloseTo(0.3569, 4);
});
