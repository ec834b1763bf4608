import { describe, expect, test } from 'vitest';
import { TRACE_FORMATS, type TraceFormatName } from '../src/index.ts';
import { rowsOf, traceIn, traps } from './support/read.ts';

const TWO_REQUESTS = { arrival_s: [0, 1.5], prompt_tokens: [374, 396], output_tokens: [44, 109] };

const SAMPLES: Readonly<Record<TraceFormatName, string>> = {
  azure:
    'TIMESTAMP,ContextTokens,GeneratedTokens\n2023-11-16 18:15:46.6805900,374,44\n2023-11-16 18:15:48.1805900,396,109',
  burstgpt:
    'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n' +
    '0,ChatGPT,374,44,418,Conversation log\n1.5,GPT-4,396,109,505,API log\n',
  csv: 'arrival_s,prompt_tokens,output_tokens\n0,374,44\n1.5,396,109\n',
  jsonl:
    '{"arrival_s":0,"prompt_tokens":374,"output_tokens":44}\n{"arrival_s":1.5,"prompt_tokens":396,"output_tokens":109}\n',
  mooncake:
    '{"timestamp": 0, "input_length": 374, "output_length": 44, "hash_ids": [0]}\n' +
    '{"timestamp": 1500, "input_length": 396, "output_length": 109, "hash_ids": [1]}\n',
  vllm: '{"timestamp": 0, "input_length": 374, "output_length": 44}\n{"timestamp": 1.5, "input_length": 396, "output_length": 109}\n',
  sharegpt:
    '{"i":0,"arrival_s":0,"input_tokens":374,"output_tokens":44,"hash_ids_16":[]}\n' +
    '{"i":1,"arrival_s":1.5,"input_tokens":396,"output_tokens":109,"hash_ids_16":[]}\n',
};

describe.each(TRACE_FORMATS.map(({ name }) => name))('%s', (name) => {
  test('is read when asked for', async () => {
    const trace = await traceIn(SAMPLES[name], { format: name });
    expect(rowsOf(trace)).toEqual(TWO_REQUESTS);
    expect(trace.format).toBe(name);
    expect(traps(trace)).toEqual([]);
  });

  test('is found by its columns', async () => {
    const trace = await traceIn(SAMPLES[name]);
    // The columns of a vLLM timed trace are Mooncake's.
    expect(trace.format).toBe(name === 'vllm' ? 'mooncake' : name);
    if (name !== 'vllm') expect(rowsOf(trace)).toEqual(TWO_REQUESTS);
  });
});

test('columns count by name, wherever they stand and whatever stands beside them', async () => {
  const text = 'output_tokens,note,arrival_s,prompt_tokens\n44,"a, b",0,374\n109,"",1.5,396\n';
  expect(rowsOf(await traceIn(text))).toEqual(TWO_REQUESTS);
  const keys =
    '{"output_tokens":44,"prompt_tokens":374,"arrival_s":0}\n{"arrival_s":1.5,"model":"x","prompt_tokens":396,"output_tokens":109}';
  expect(rowsOf(await traceIn(keys))).toEqual(TWO_REQUESTS);
});

test.each([
  ['a byte order mark', `\uFEFF${SAMPLES.csv}`],
  ['CRLF', SAMPLES.csv.replaceAll('\n', '\r\n')],
  ['no final line end', SAMPLES.csv.trimEnd()],
  ['blank lines', `\n  \n${SAMPLES.csv.replaceAll('\n', '\n\n')}\n \n`],
  ['quoted cells', SAMPLES.csv.replaceAll(/[^,\n]+/g, '"$&"')],
  ['spaces around cells', SAMPLES.csv.replaceAll(',', ' , ')],
  ['quoted cells and CRLF', SAMPLES.csv.replaceAll(/[^,\n]+/g, '"$&"').replaceAll('\n', '\r\n')],
])('CSV with %s', async (_, text) => {
  expect(rowsOf(await traceIn(text))).toEqual(TWO_REQUESTS);
});

test.each([
  ['a byte order mark', `\uFEFF${SAMPLES.jsonl}`],
  ['CRLF', SAMPLES.jsonl.replaceAll('\n', '\r\n')],
  ['no final line end', SAMPLES.jsonl.trimEnd()],
  ['blank lines', `\n \n${SAMPLES.jsonl.replaceAll('\n', '\n\n')}`],
  ['spaces', SAMPLES.jsonl.replaceAll(/[{}:,]/g, ' $& ')],
])('JSON lines with %s', async (_, text) => {
  expect(rowsOf(await traceIn(text))).toEqual(TWO_REQUESTS);
});

test('a quoted cell may hold line ends and quotes, and the lines after it keep their numbers', async () => {
  const text =
    'arrival_s,note,prompt_tokens,output_tokens\n0,"two\nlines, ""quoted""",374,44\n1.5,"",396,109\n';
  expect(rowsOf(await traceIn(text))).toEqual(TWO_REQUESTS);
});

test('an unknown format name is the mistake of a programmer', async () => {
  const format = JSON.parse('"parquet"');
  await expect(traceIn('', { format })).rejects.toThrow(/format must be one of azure, .*, got parquet/);
});
