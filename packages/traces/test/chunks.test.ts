import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { readTrace, webStreamChunks } from '../src/index.ts';
import { pieces } from './support/arbitrary.ts';
import { fixture, rowsOf } from './support/read.ts';

const utf8 = (text: string) => new TextEncoder().encode(text);

const TEXTS = {
  'CSV with quotes, line ends and every width of character':
    '\uFEFFarrival_s,Modell é€𝄞,prompt_tokens,output_tokens\r\n' +
    '0,"é€𝄞, ""x""\r\n\r\nzwei",374,44\r\n\r\n1.5,𝄞é,396,109\n2,"",1,1',
  'CSV with problems':
    'arrival_s,m,prompt_tokens,output_tokens\n0,é,x,44\n1,"𝄞\n",1,0\n0.5,€,1,1\n2,"€"x,1,1\n3,y,1,z\n',
  'CSV that turns binary':
    'arrival_s,prompt_tokens,output_tokens\n0,x,1\n1,"2\n3",0\n4,\uFFFD\u0000,5\n6,y,1\n',
  'JSON lines':
    '{"timestamp":0,"input_length":7,"output_length":1,"é€𝄞":"𝄞"}\r\n\n{"timestamp":1,"input_length":8,"output_length":2}',
  'JSON lines with problems':
    '{"arrival_s":0,"prompt_tokens":1,"output_tokens":1}\n{"é𝄞"\n{"arrival_s":1}\nnull\n{"a":\n',
};

describe.each(Object.entries(TEXTS))('%s', (_, text) => {
  const bytes = utf8(text);

  test('is read alike wherever it is cut', async () => {
    const whole = await readTrace([bytes], { hash_ids: true });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.nat(), { maxLength: 12 }), async (cuts) => {
        expect(await readTrace(pieces(bytes, cuts), { hash_ids: true })).toEqual(whole);
      }),
    );
    const single = pieces(
      bytes,
      Array.from(bytes, (_, i) => i),
    );
    expect(await readTrace(single, { hash_ids: true })).toEqual(whole);
  });

  test('is read alike as strings', async () => {
    const whole = await readTrace([bytes]);
    expect(await readTrace([text])).toEqual(whole);
    expect(await readTrace(text)).toEqual(whole);
  });
});

const sharegpt = readFileSync(fixture('sharegpt-300.jsonl'));

test('a web stream is read like its bytes', async () => {
  const whole = await readTrace([sharegpt]);
  expect(await readTrace(new Blob([sharegpt]).stream())).toEqual(whole);
  expect(await readTrace(webStreamChunks(new Blob([sharegpt]).stream()))).toEqual(whole);
});

test('a web stream that is left early is cancelled', async () => {
  const cancel = vi.fn();
  const stream = new ReadableStream<Uint8Array>({
    pull: (controller) => controller.enqueue(utf8('arrival_s,prompt_tokens,output_tokens\n0,1,1\n')),
    cancel,
  });
  const result = await readTrace(webStreamChunks(stream), { limit: 1 });
  expect(result.ok && rowsOf(result.trace).arrival_s).toEqual([0]);
  expect(cancel).toHaveBeenCalledOnce();
});

describe('without what only Node has', () => {
  afterEach(() => vi.unstubAllGlobals());

  test('quoted cells are read', async () => {
    vi.stubGlobal('Buffer', undefined);
    const result = await readTrace(['arrival_s,prompt_tokens,output_tokens\n"0","1","2"\n']);
    vi.unstubAllGlobals();
    expect(result.ok && rowsOf(result.trace)).toEqual({
      arrival_s: [0],
      prompt_tokens: [1],
      output_tokens: [2],
    });
  });
});
