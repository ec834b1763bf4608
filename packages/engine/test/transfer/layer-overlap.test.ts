/** Layer-by-layer transfers against their definition: every part of every chunk, one after the other. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KvLink } from '../../src/index.ts';
import { LayerOverlap } from '../../src/transfer/layer-overlap.ts';
import { partByPart } from '../replica/plain-link.ts';
import type { Chunk } from '../replica/plain-visit.ts';
import { expectClose } from '../support/numbers.ts';

const chunks: fc.Arbitrary<Chunk[]> = fc
  .array(
    fc.record({
      tokens: fc.integer({ min: 1, max: 500 }),
      pause: fc.constantFrom(0, 0, 0.3),
      takes: fc.double({ min: 0.001, max: 1, noNaN: true }),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((parts) => {
    let now = 0;
    return parts.map(({ tokens, pause, takes }) => {
      const start_s = now + pause;
      now = start_s + takes;
      return { tokens, start_s, end_s: now };
    });
  });
const link: fc.Arbitrary<KvLink & { readonly layers: number }> = fc.record({
  latency_s: fc.constant(0),
  bandwidth_bytes_per_s: fc.double({ min: 100, max: 100_000, noNaN: true }),
  kv_bytes_per_token: fc.integer({ min: 1, max: 100 }),
  layers: fc.integer({ min: 1, max: 40 }),
});

function sentAfter(parts: readonly Chunk[], given: KvLink): number {
  const overlap = new LayerOverlap(given);
  let tokens = 0;
  for (const chunk of parts) {
    overlap.computes(0, tokens, tokens + chunk.tokens, chunk.start_s, chunk.end_s);
    tokens += chunk.tokens;
  }
  return overlap.takeSent(0);
}

describe('a layer-by-layer transfer', () => {
  it('ends when the last part of the last chunk does', () => {
    fc.assert(
      fc.property(chunks, link, (parts, given) => {
        expectClose(sentAfter(parts, given), partByPart(parts, given), 'sent');
      }),
      { numRuns: 500 },
    );
  });

  it('ends not before the last layer can, and not after a transfer that waits for prefill', () => {
    fc.assert(
      fc.property(chunks, link, (parts, given) => {
        const { layers, kv_bytes_per_token, bandwidth_bytes_per_s } = given;
        const second = kv_bytes_per_token / bandwidth_bytes_per_s;
        const last = parts.at(-1) ?? { tokens: 0, end_s: 0 };
        const all = parts.reduce((sum, { tokens }) => sum + tokens, 0);
        const sent = sentAfter(parts, given);
        expect(sent).toBeGreaterThanOrEqual((last.end_s + (last.tokens * second) / layers) * (1 - 1e-12));
        expect(sent).toBeLessThanOrEqual((last.end_s + all * second) * (1 + 1e-12));
      }),
      { numRuns: 500 },
    );
  });

  it('hides all but the last layer behind prefill on a fast link, and only the first layer on a slow one', () => {
    const prefill = [{ tokens: 100, start_s: 0, end_s: 1 }];
    const speed = (bandwidth_bytes_per_s: number): KvLink => ({
      latency_s: 0,
      bandwidth_bytes_per_s,
      kv_bytes_per_token: 1,
      layers: 4,
    });
    expect(sentAfter(prefill, speed(1000))).toBeCloseTo(1 + 0.1 / 4, 12);
    expect(sentAfter(prefill, speed(10))).toBeCloseTo(1 / 4 + 10, 12);
  });

  it('moves a prompt again that starts again, and counts cached tokens with the chunk that found them', () => {
    const overlap = new LayerOverlap({
      latency_s: 0,
      bandwidth_bytes_per_s: 10,
      kv_bytes_per_token: 1,
      layers: 1,
    });
    overlap.computes(7, 0, 10, 0, 1);
    overlap.computes(7, 0, 10, 5, 6);
    expect(overlap.takeSent(7)).toBe(7);
    overlap.computes(8, 30, 40, 0, 1);
    expect(overlap.takeSent(8)).toBe(5);
    expect(overlap.takeSent(8)).toBeNaN();
  });
});
