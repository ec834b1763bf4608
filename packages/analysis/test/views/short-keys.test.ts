import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shortKeys } from '../../src/views/short-keys.ts';

test('as little as tells keys apart', () => {
  expect(shortKeys(['cluster_mono.num_gpus', 'arrival.rate_per_s'])).toEqual(['num_gpus', 'rate_per_s']);
  expect(
    shortKeys(['cluster_disagg.prefill_replica.block_size', 'cluster_disagg.decode_replica.block_size']),
  ).toEqual(['prefill_replica.block_size', 'decode_replica.block_size']);
});

test('a last part of one word keeps its parent', () => {
  expect(shortKeys(['prompt_tokens.mean', 'output_tokens.p90'])).toEqual([
    'prompt_tokens.mean',
    'output_tokens.p90',
  ]);
});

test('what lies between the first and the last part goes where they are enough', () => {
  expect(
    shortKeys(['c.prefill_replica.step_time.base_s', 'c.decode_replica.step_time.base_s', 'c.load']),
  ).toEqual(['prefill_replica…base_s', 'decode_replica…base_s', 'c.load']);
  expect(shortKeys(['c.a.x.base_s', 'c.a.y.base_s'])).toEqual(['x.base_s', 'y.base_s']);
});

test('different keys have different names, made of their own parts', () => {
  const part = fc.constantFrom('a', 'b', 'per_s', 'base_s');
  const keys = fc.uniqueArray(
    fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.')),
    { maxLength: 8 },
  );
  fc.assert(
    fc.property(keys, (all) => {
      const names = shortKeys(all);
      expect(new Set(names).size).toBe(all.length);
      for (const [index, name] of names.entries()) {
        const [first = '', last = first] = name.split('…');
        expect(`.${all[index]}`).toContain(`.${first}`);
        expect(`.${all[index]}`.endsWith(`.${last}`) || name === all[index]).toBe(true);
      }
    }),
  );
});
