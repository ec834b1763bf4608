import { expect, test } from 'vitest';
import { fixture, rowsOf, traceIn, traceOf, traps } from './support/read.ts';

const messages = async (text: string, options = {}) =>
  (await traceIn(text, options)).warnings.map(({ message }) => message);

test('a timestamp without a unit: taken as milliseconds, both spans are said', async () => {
  const text =
    '{"timestamp":0,"input_length":9,"output_length":1}\n{"timestamp":7200,"input_length":9,"output_length":1}';
  expect(await messages(text)).toEqual([
    'timestamp has no unit. Taken as milliseconds (format mooncake), the requests span 7.2 s; as seconds (format vllm) they would span 2 h. Give the format to decide.',
  ]);
  expect(await messages(text, { format: 'mooncake' })).toEqual([]);
  expect(rowsOf(await traceIn(text, { format: 'vllm' })).arrival_s).toEqual([0, 7200]);
});

test('failed requests are skipped and counted', async () => {
  const text =
    'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n5,a,9,0,9,x\n6,a,9,3,12,x\n7,a,9,4,13,x\n';
  expect(rowsOf(await traceIn(text)).arrival_s).toEqual([6, 7]);
  expect(await messages(text)).toEqual(['1 of 3 requests failed (0 output tokens) and were skipped.']);
});

test('a silence before the first request', async () => {
  const text = 'arrival_s,prompt_tokens,output_tokens\n1700000000.5,1,1\n1700000060,1,1\n';
  expect(await messages(text)).toEqual([
    'The first request arrives at 1700000000.5 s and nothing happens before. Read with start_s: 1700000000 to begin there.',
  ]);
  expect(rowsOf(await traceIn(text, { start_s: 1_700_000_000 })).arrival_s).toEqual([0.5, 60]);
  expect(await messages(text, { start_s: 1_700_000_000 })).toEqual([]);
});

test('hash ids tell their block size', async () => {
  const line = (length: number, ids: number) =>
    JSON.stringify({
      timestamp: 0,
      input_length: length,
      output_length: 1,
      hash_ids: Array.from({ length: ids }, (_, i) => i),
    });
  const of16 = `${line(40, 3)}\n${line(1600, 100)}`;
  const trace = await traceIn(of16, { hash_ids: true, format: 'mooncake' });
  expect(trace.workload.hash_ids?.block_size).toBe(16);
  expect(trace.warnings).toEqual([
    { trap: 'block_size', message: 'hash_ids fit blocks of 16 tokens, not 512 as usual in this format.' },
  ]);
  expect(traps(await traceIn(of16, { hash_ids: true, format: 'vllm' }))).toEqual([]);
  const odd = await traceIn(`${line(1000, 3)}\n${line(1000, 7)}`, { hash_ids: true, format: 'mooncake' });
  expect(odd.workload.hash_ids?.block_size).toBe(512);
  expect(traps(odd)).toEqual(['block_size']);
  const given = await traceIn(line(1000, 3), { hash_ids: true, format: 'mooncake', block_size: 400 });
  expect([given.workload.hash_ids?.block_size, traps(given)]).toEqual([400, []]);
});

test('hash ids are kept when wanted', async () => {
  const path = fixture('sharegpt-300.jsonl');
  const { hash_ids } = (await traceOf(path, { hash_ids: true })).workload;
  expect([hash_ids?.block_size, hash_ids?.offsets.length, hash_ids?.offsets.at(-1)]).toEqual([
    16,
    301,
    hash_ids?.ids.length,
  ]);
  expect((await traceOf(path)).workload.hash_ids).toBeUndefined();
});
