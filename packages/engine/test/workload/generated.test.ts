/** Generated requests are drawn ahead of their arrival; nothing of it can be seen. */
import { describe, expect, it } from 'vitest';
import { constant, type Distribution } from '../../src/index.ts';
import { generatedSource } from '../../src/workload/generated.ts';

/** 1, 2, 3 …, and an error in place of the `failing`-th. */
function counting(failing = Number.POSITIVE_INFINITY, drawn: { times: number } = { times: 0 }): Distribution {
  return () => () => {
    if (++drawn.times === failing) throw new Error(`draw ${failing} failed`);
    return drawn.times;
  };
}

const base = {
  kind: 'generated',
  interarrival_s: constant(1),
  prompt_tokens: constant(1),
  output_tokens: constant(1),
} as const;

describe('generated requests', () => {
  it.each([1, 2, 8, 9, 24, 1000, 1500])(
    'come up to the draw that fails, number %i, and fail there for ever',
    (nth) => {
      for (const name of ['interarrival_s', 'prompt_tokens', 'output_tokens'] as const) {
        const source = generatedSource({ ...base, [name]: counting(nth) }, 1);
        for (let i = 1; i < nth; i++) expect(source.advance()).toBe(true);
        expect(() => source.advance()).toThrow(`draw ${nth} failed`);
        expect(() => source.advance()).toThrow(`draw ${nth} failed`);
      }
    },
  );

  it('are drawn whole, one after another: laws may share what they know of a request', () => {
    let prompt = 0;
    const prompt_tokens: Distribution = () => () => ++prompt;
    const output_tokens: Distribution = () => () => 2 * prompt;
    const source = generatedSource({ ...base, prompt_tokens, output_tokens }, 1);
    for (let i = 1; i <= 2000; i++) {
      expect(source.advance()).toBe(true);
      expect([source.arrival_s, source.prompt_tokens, source.output_tokens]).toEqual([i, i, 2 * i]);
    }
  });

  it('are no more than max_requests, nor are more drawn', () => {
    for (const max_requests of [1, 7, 8, 9, 700]) {
      const drawn = { times: 0 };
      const source = generatedSource({ ...base, max_requests, output_tokens: counting(undefined, drawn) }, 1);
      for (let i = 0; i < max_requests; i++) expect(source.advance()).toBe(true);
      expect(source.advance()).toBe(false);
      expect(source.advance()).toBe(false);
      expect(drawn.times).toBe(max_requests);
    }
  });
});
