/** Sessions in a trace: where they stand, what counts as one, and what becomes of them. */
import { expect, test } from 'vitest';
import { conversionLosses, readTrace, writeTrace } from '../src/index.ts';
import { traceIn } from './support/read.ts';

const sessionsOf = async (text: string): Promise<number[] | null> => {
  const { session } = (await traceIn(text)).workload;
  return session === undefined ? null : [...session];
};
const csv = (rows: readonly string[]): string =>
  `arrival_s,session_id,prompt_tokens,output_tokens\n${rows.join('\n')}\n`;

test('names and numbers alike are numbered in order of appearance; an empty cell is none', async () => {
  expect(await sessionsOf(csv(['0,b7,1,1', '1,,1,1', '2,12,1,1', '3, b7 ,1,1']))).toEqual([0, -1, 1, 0]);
});

test('JSON lines may say a text, a number, null or nothing', async () => {
  const line = (session: string): string => `{"arrival_s":0,"prompt_tokens":1,"output_tokens":1${session}}\n`;
  const text = [',"session_id":"a"', ',"session_id":7', ',"session_id":null', '', ',"session_id":"7"'];
  expect(await sessionsOf(text.map(line).join(''))).toEqual([0, 1, -1, -1, 1]);
});

test('BurstGPT has them since release 2.0: conversations have one, calls of the API none', async () => {
  const rows = [
    'Timestamp,Session ID,Elapsed time,Model,Request tokens,Response tokens,Total tokens,Log Type',
    '5,84,3.2,ChatGPT,472,18,490,Conversation log',
    '6,,1.0,GPT-4,10,0,10,API log',
    '7,84,2.5,ChatGPT,500,20,520,Conversation log',
    '8,,0.4,GPT-4,30,7,37,API log',
  ];
  expect(await sessionsOf(rows.join('\n'))).toEqual([0, 0, -1]);
});

test('a file whose rows say none has none', async () => {
  expect(await sessionsOf(csv(['0,,1,1', '1,,1,1']))).toBeNull();
  expect(await sessionsOf('arrival_s,prompt_tokens,output_tokens\n0,1,1\n')).toBeNull();
});

test('they follow their rows through sorting and cutting', async () => {
  const text = csv(['9,a,1,1', '3,b,2,1', '1,a,3,1', '2,c,4,1']);
  const { workload } = await traceIn(text, { sort: true, start_s: 2, limit: 2 });
  expect([...workload.prompt_tokens]).toEqual([4, 2]);
  expect([...(workload.session ?? [])]).toEqual([2, 1]);
});

test('what is no name is a problem with its place', async () => {
  const text = '{"arrival_s":0,"prompt_tokens":1,"output_tokens":1,"session_id":[1]}\n';
  const result = await readTrace([text]);
  expect(result).toMatchObject({
    ok: false,
    problems: [{ line: 1, column: 65, message: 'session_id must be a text or a number, not [1]' }],
  });
});

test('two columns of sessions are one too many', async () => {
  const result = await readTrace([
    'arrival_s,session_id,prompt_tokens,output_tokens,session_id\n0,a,1,1,b\n',
  ]);
  expect(result).toMatchObject({ ok: false, problems: [{ line: 1, column: 50 }] });
});

test('a format without a place for them says so', async () => {
  const trace = await traceIn(csv(['0,a,1,1']));
  expect(conversionLosses(trace, 'azure')).toEqual(['Sessions have no place in azure and are left out.']);
  expect([...writeTrace(trace, 'burstgpt')].join('')).toBe(
    'Timestamp,Session ID,Model,Request tokens,Response tokens,Total tokens,Log Type\n0,0,unknown,1,1,2,unknown\n',
  );
});
