import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { readTrace } from '../src/index.ts';
import { problemsIn, traceIn } from './support/read.ts';

const HEAD = 'arrival_s,prompt_tokens,output_tokens\n';
const CORRECT = 'Correct the value or remove the row.';
const bytes = (...values: number[]) => Uint8Array.from(values);

describe('a value in a CSV row', () => {
  const wrongTime = (shown: string) =>
    `t:2:1: arrival_s must be a number of seconds of at least 0, not ${shown}. ${CORRECT}`;
  const wrongPrompt = (shown: string) =>
    `t:2:3: prompt_tokens must be a whole number of at least 1, not ${shown}. ${CORRECT}`;
  test.each([
    ['NaN,1,1', wrongTime('"NaN"')],
    ['Infinity,1,1', wrongTime('"Infinity"')],
    ['-1,1,1', wrongTime('"-1"')],
    ['0x10,1,1', wrongTime('"0x10"')],
    [
      ',1,1',
      't:2:1: arrival_s must be a number of seconds of at least 0, not empty. Correct the value or remove the row.',
    ],
    ['1_000,1,1', wrongTime('"1_000"')],
    ['1e12,1,1', 't:2:1: arrival_s "1e12" is more than 100000000000 s. Check the unit of the times.'],
    ['1e999,1,1', 't:2:1: arrival_s "1e999" is more than 100000000000 s. Check the unit of the times.'],
    ['1,0,1', wrongPrompt('"0"')],
    ['1,-5,1', wrongPrompt('"-5"')],
    ['1,1.5,1', wrongPrompt('"1.5"')],
    ['1,,1', wrongPrompt('empty')],
    ['1,abc,1', wrongPrompt('"abc"')],
    ['1,4294967296,1', `t:2:3: prompt_tokens is more than 2147483647 tokens. ${CORRECT}`],
    ['1,9007199254740993,1', `t:2:3: prompt_tokens is more than 2147483647 tokens. ${CORRECT}`],
    ['1,10,0', `t:2:6: output_tokens must be a whole number of at least 1, not "0". ${CORRECT}`],
  ])('%s', async (row, problem) => {
    expect(await problemsIn(`${HEAD}${row}\n`)).toEqual([problem]);
  });

  test('every wrong cell of a row is told', async () => {
    expect(await problemsIn(`${HEAD}0,1,1\nx,y,z\n`)).toEqual([
      `t:3:1: arrival_s must be a number of seconds of at least 0, not "x". ${CORRECT}`,
      `t:3:3: prompt_tokens must be a whole number of at least 1, not "y". ${CORRECT}`,
      `t:3:5: output_tokens must be a whole number of at least 1, not "z". ${CORRECT}`,
    ]);
  });

  test('places are right behind quoted cells', async () => {
    const text = 'note,arrival_s,prompt_tokens,output_tokens\n"a, b",0,x,1\n"two\nlines",0,1,y\nz,0,1,0';
    expect((await problemsIn(text)).map((problem) => problem.slice(0, 7))).toEqual(
      ['t:2:10:', 't:4:12:', 't:5:7: '].map((p) => p.slice(0, 7)),
    );
  });

  test('too few and too many cells', async () => {
    const fix = 'Give every row one cell per column, and no thousands separators.';
    expect(await problemsIn(`${HEAD}0,1\n1,2,345,6\n`)).toEqual([
      `t:2:3: this row has 2 cells, the header has 3. ${fix}`,
      `t:3:9: this row has 4 cells, the header has 3. ${fix}`,
    ]);
  });
});

describe('order of arrival', () => {
  test('a request before the one above it', async () => {
    expect(await problemsIn(`${HEAD}0,1,1\n5,1,1\n2.5,1,1\n3,1,1\n`)).toEqual([
      't:4:1: this request arrives 2.5 s before the one above it. Sort the rows by time, as llmsim trace convert --sort does.',
    ]);
  });

  test('dates, too', async () => {
    const text =
      'ContextTokens,TIMESTAMP,GeneratedTokens\n10,2023-11-16 18:15:46.68,1\n10,2023-11-16 18:15:45.68,1';
    expect(await problemsIn(text)).toEqual([
      't:3:4: this request arrives 1 s before the one above it. Sort the rows by time, as llmsim trace convert --sort does.',
    ]);
  });
});

describe('a JSON line', () => {
  const good = '{"arrival_s":0,"prompt_tokens":1,"output_tokens":1}';
  test.each([
    ['{"arrival_s":1,"prompt_tokens":5,"outp', 't:2:39: this line ends in the middle of a JSON object'],
    ['{"arrival_s":1,}', 't:2:16: this line is not valid JSON from here on'],
    ["{'arrival_s':1}", 't:2:2: this line is not valid JSON from here on'],
    ['{"arrival_s":NaN}', 't:2:14: this line is not valid JSON from here on'],
    [`${good}${good}`, 't:2:52: this line is not valid JSON from here on'],
    ['[{"arrival_s":1}]', 't:2:1: this line is not a JSON object', "a line, as jq -c '.[]' does"],
    ['  [1, 2, 3]', 't:2:3: this line is not a JSON object'],
    ['null', 't:2:1: this line is not a JSON object'],
    ['hello', 't:2:1: this line is not valid JSON from here on'],
  ])('%s', async (line, problem, how = 'a line') => {
    expect(await problemsIn(`${good}\n${line}\n`)).toEqual([
      `${problem}. Write one whole JSON object ${how}.`,
    ]);
  });

  test.each([
    [
      '{"arrival_s":0, "prompt_tokens": "7","output_tokens":1}',
      `t:2:34: prompt_tokens must be a whole number of at least 1, not "7". ${CORRECT}`,
    ],
    [
      '{"arrival_s":null,"prompt_tokens":1,"output_tokens":1}',
      `t:2:14: arrival_s must be a number of seconds of at least 0, not null. ${CORRECT}`,
    ],
    [
      ' {"arrival_s":0,"prompt_tokens":1}',
      `t:2:2: output_tokens must be a whole number of at least 1, not missing. ${CORRECT}`,
    ],
    [
      '{"arrival_s":0,"promt_tokens":1,"output_tokens":1}',
      't:2:1: prompt_tokens must be a whole number of at least 1, not missing. Rename promt_tokens to prompt_tokens.',
    ],
    [
      '{"arrival_s":1e400,"prompt_tokens":1,"output_tokens":1}',
      't:2:14: arrival_s null is more than 100000000000 s. Check the unit of the times.',
    ],
  ])('%s', async (line, problem) => {
    expect(await problemsIn(`${good}\n${line}\n`)).toEqual([problem]);
  });

  test('hash ids that are none, when they are wanted', async () => {
    const line = (ids: string) => `{"timestamp":0,"input_length":9,"output_length":1,"hash_ids":${ids}}`;
    const text = [line('[1]'), line('[-1]'), line('7'), line('["a"]'), line('[1.5]')].join('\n');
    const rule = 'hash_ids must be a list of whole numbers from 0 to 2147483647. Renumber the blocks from 0.';
    expect(await problemsIn(text, { hash_ids: true })).toEqual([2, 3, 4, 5].map((n) => `t:${n}:62: ${rule}`));
    expect(await problemsIn(text)).toEqual([]);
  });
});

describe('column names', () => {
  test('misspelt', async () => {
    expect(await problemsIn('TIMESTAMP,ContextToken,GeneratedTokens\n')).toEqual([
      't:1:11: column ContextTokens missing: format azure, the closest, needs TIMESTAMP, ContextTokens, GeneratedTokens. Rename ContextToken to ContextTokens.',
    ]);
    expect(await problemsIn('{"arrival_s":0,"promt_tokens":1,"output_tokens":1}')).toEqual([
      't:1:16: column prompt_tokens missing: format jsonl, the closest, needs arrival_s, prompt_tokens, output_tokens. Rename promt_tokens to prompt_tokens.',
    ]);
  });

  test('missing', async () => {
    expect(await problemsIn('\narrival_s,prompt_tokens\n1,2\n')).toEqual([
      't:2:1: column output_tokens missing: format csv, the closest, needs arrival_s, prompt_tokens, output_tokens. Add output_tokens.',
    ]);
  });

  test('of no known format', async () => {
    const [problem] = await problemsIn('a,b,c\n1,2,3\n');
    expect(problem).toMatch(
      /^t:1:1: these columns belong to no known trace format\. Name them TIMESTAMP, ContextTokens/,
    );
  });

  test('of another format than the one given', async () => {
    expect(await problemsIn(`${HEAD}0,1,1`, { format: 'azure' })).toEqual([
      't:1:1: the columns are those of format csv, not azure. Leave the format out to have it found by the columns.',
    ]);
    expect(await problemsIn('TIMESTAMP,tokens\n', { format: 'azure' })).toEqual([
      't:1:1: columns ContextTokens, GeneratedTokens missing: format azure needs TIMESTAMP, ContextTokens, GeneratedTokens. Add ContextTokens, add GeneratedTokens.',
    ]);
    expect(await problemsIn(`${HEAD}0,1,1`, { format: 'mooncake' })).toEqual([
      't:1:1: this is CSV, but format mooncake is JSON lines. Leave the format out to have it found by the columns.',
    ]);
  });

  test('twice', async () => {
    expect(await problemsIn('arrival_s,prompt_tokens,arrival_s,output_tokens\n')).toEqual([
      't:1:25: there are two columns arrival_s. Rename or remove one of them.',
    ]);
  });

  test('absent, and lines that do not end', async () => {
    expect(await problemsIn('0,1.5,-2e3\n1,2,3\n')).toEqual([
      't:1:1: this is a row of numbers, and no names of columns stand above it. Write them above it, such as arrival_s,prompt_tokens,output_tokens.',
    ]);
    expect(await problemsIn('arrival_s,prompt_tokens,output_tokens\r0,1,1\r1,1,1\r')).toEqual([
      't:1:1: lines end in carriage returns alone. End them in line feeds.',
    ]);
  });

  test('separated by something else', async () => {
    expect(await problemsIn('arrival_s;prompt_tokens;output_tokens\n0;1;1')).toEqual([
      't:1:1: the columns are not separated by commas. Separate them by commas.',
    ]);
  });
});

describe('quotes', () => {
  test('never closed', async () => {
    expect(await problemsIn(`${HEAD}0,1,1\n1,x,1\n2,"1,1\n3,1,1\n`)).toEqual([
      `t:3:3: prompt_tokens must be a whole number of at least 1, not "x". ${CORRECT}`,
      't:4:3: a quote opens here and never closes. Close it, or remove it.',
    ]);
  });

  test('never closed in a stream without end', async () => {
    function* endless() {
      yield `${HEAD}0,"1,1\n`;
      for (;;) yield '1,1,1\n'.repeat(10_000);
    }
    const result = await readTrace(endless(), { file: 't' });
    expect(result.ok ? [] : result.problems.map(({ line, column }) => [line, column])).toEqual([[2, 3]]);
  });

  test('where none may stand', async () => {
    const fix = 'Quote the whole cell and double each quote inside it, or remove the quotes.';
    expect(await problemsIn(`${HEAD}0,1,1\n1,12",1\n2,12",1\n`)).toEqual([
      `t:3:3: a quote stands where none may. ${fix}`,
    ]);
    expect(await problemsIn(`${HEAD}"0"1,1,1\n`)).toEqual([`t:2:1: a quote stands where none may. ${fix}`]);
  });
});

describe('no requests', () => {
  const fix = 'Give a trace with at least one request.';
  test('an empty file', async () => {
    for (const text of ['', '\n', ' \r\n\n', '\uFEFF']) {
      expect(await problemsIn(text)).toEqual([
        expect.stringMatching(/^t:\d+:1: this file is empty\. Give a trace/),
      ]);
    }
    expect(await problemsIn(bytes())).toEqual([`t:1:1: this file is empty. ${fix}`]);
  });

  test('a header alone', async () => {
    expect(await problemsIn(HEAD)).toEqual([`t:1:1: no requests follow. ${fix}`]);
  });

  test('none after start_s', async () => {
    expect(await problemsIn(`${HEAD}0,1,1\n9.5,1,1`, { start_s: 10 })).toEqual([
      't:3:1: no request arrives at or after start_s: 10; the last one arrives at 9.5 s. Give an earlier start_s.',
    ]);
  });

  test('only failed ones', async () => {
    expect(await problemsIn('Timestamp,Request tokens,Response tokens\n1,5,0\n2,5,0\n')).toEqual([
      't:3:1: all 2 requests failed (0 output tokens). Give a trace with answers.',
    ]);
  });
});

describe('what is not text', () => {
  test.each([
    ['gzip', gzipSync(HEAD), 't:1:2: this is gzip-compressed. Unpack it first, for example with gunzip.'],
    [
      'zip',
      bytes(0x50, 0x4b, 3, 4, 0, 1),
      't:1:5: this is a zip archive. Unpack it first, for example with unzip.',
    ],
    [
      'Parquet',
      bytes(0x50, 0x41, 0x52, 0x31, 0, 1),
      't:1:5: this is a Parquet file. Convert it to CSV or JSONL first.',
    ],
    ['UTF-16', bytes(0xff, 0xfe, 0x61, 0), 't:1:1: this is UTF-16 text or binary. Save it as UTF-8.'],
    ['Latin-1', bytes(0x61, 0xe9, 0x62), 't:1:2: this is not UTF-8 text. Give a CSV or JSONL file in UTF-8.'],
  ])('%s', async (_, contents, problem) => {
    expect(await problemsIn(contents)).toEqual([problem]);
  });

  test('in the middle, after the problems above it', async () => {
    expect(await problemsIn(`${HEAD}0,x,1\n0,\0,1\n0,y,1\n`)).toEqual([
      `t:2:3: prompt_tokens must be a whole number of at least 1, not "x". ${CORRECT}`,
      't:3:3: this is not UTF-8 text. Give a CSV or JSONL file in UTF-8.',
    ]);
  });

  test('a line without end', async () => {
    function* endless() {
      for (;;) yield 'a'.repeat(65_536);
    }
    const result = await readTrace(endless(), { file: 't' });
    expect(result.ok ? [] : result.problems.map(({ line, message }) => [line, message])).toEqual([
      [1, 'this line is longer than 16777216 characters'],
    ]);
  });
});

test('twenty problems are told, the others counted', async () => {
  const result = await readTrace([HEAD, '0,x,1\n'.repeat(33)]);
  expect(result).toMatchObject({ ok: false, more_problems: 13 });
  expect(result.ok ? 0 : result.problems.length).toBe(20);
});

test('an error of the stream itself rejects', async () => {
  async function* broken() {
    yield HEAD;
    throw new Error('disk on fire');
  }
  await expect(readTrace(broken())).rejects.toThrow('disk on fire');
});

test.each([
  [{ limit: 0 }, 'limit must be a whole number of at least 1, got 0'],
  [{ limit: 1.5 }, 'limit must be a whole number of at least 1, got 1.5'],
  [{ start_s: -1 }, 'start_s must be at least 0 and finite, got -1'],
  [{ time_scale: 0 }, 'time_scale must be positive, got 0'],
  [{ time_scale: Number.NaN }, 'time_scale must be positive, got NaN'],
  [{ jitter: -1 }, 'jitter must be at least 0 and finite, got -1'],
  [{ block_size: 0 }, 'block_size must be a whole number of at least 1, got 0'],
])('options without meaning are refused: %j', async (options, message) => {
  await expect(traceIn(HEAD, options)).rejects.toThrow(new RangeError(message));
});

test('a scale that leaves the range of times', async () => {
  expect(await problemsIn(`${HEAD}1e10,1,1\n`, { time_scale: 100 })).toEqual([
    't:2:1: time_scale: 100 takes the last request beyond 100000000000 s. Give a smaller time_scale.',
  ]);
});
