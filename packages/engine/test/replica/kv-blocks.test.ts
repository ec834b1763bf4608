/** Blocks that come by the clock against requests counted one by one. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { KvBlocks } from '../../src/replica/kv-blocks.ts';

const batch = fc.record({
  block_size: fc.integer({ min: 1, max: 20 }),
  free: fc.nat(60),
  clock: fc.nat(100),
  /** Tokens that each decoding request has computed at that clock. */
  computed: fc.array(fc.nat(200), { maxLength: 12 }),
  steps: fc.nat(80),
});

/** Blocks that requests with these tokens lack for `steps` tokens more. */
function lacking(computed: readonly number[], block_size: number, steps: number): number {
  const blocks = (tokens: number): number => Math.ceil(tokens / block_size);
  return computed.reduce((sum, tokens) => sum + blocks(tokens + steps) - blocks(tokens), 0);
}

it('takes and foresees as many as the requests lack', () =>
  fc.assert(
    fc.property(batch, ({ block_size, free, clock, computed, steps }) => {
      const kv = new KvBlocks(block_size, free);
      for (const tokens of computed) kv.join(tokens, clock);
      const next = lacking(computed, block_size, 1);
      expect(kv.takeNext(clock)).toBe(next <= free);
      expect(kv.free).toBe(next <= free ? free - next : free);
      kv.free = free;

      let lasting = 0;
      while (lasting < steps && lacking(computed, block_size, lasting + 1) <= free) lasting++;
      expect(kv.stepsLeft(clock, steps)).toBe(lasting);

      expect(kv.take(clock, lasting)).toBe(lacking(computed, block_size, lasting));
      expect(kv.free).toBe(free - lacking(computed, block_size, lasting));

      for (const tokens of computed) kv.leave(tokens, clock);
      expect(kv.stepsLeft(clock, steps)).toBe(steps);
    }),
    { numRuns: 1000 },
  ));
