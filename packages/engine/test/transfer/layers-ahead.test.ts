/** Layers that go ahead over shared links and into reserved blocks: known answers, closed forms, and what must hold. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { KvLink, ReplicaView, RoutingPolicy } from '../../src/index.ts';
import { engineRun } from '../replica/engine-run.ts';
import { clusterOf } from '../replica/scenario.ts';
import { expectClose, sum } from '../support/numbers.ts';
import { type Given, givenWith, roundReplica, run } from './clusters.ts';

const SHARED: Partial<KvLink> = { overlap: 'layerwise', sharing: 'fair' };
const RESERVED: Partial<KvLink> = { overlap: 'layerwise', reserve: true };
const BOTH: Partial<KvLink> = { ...SHARED, ...RESERVED };
const kinds = fc.constantFrom(SHARED, RESERVED, BOTH);
const layers = fc.integer({ min: 1, max: 40 });

/** 90 bytes take 0.9 s; a layer of ten is done each 1.9 ms of a prefill that takes 19 ms. */
const line: KvLink = { latency_s: 0.5, bandwidth_bytes_per_s: 100, kv_bytes_per_token: 1, layers: 10 };

/** Two prompts of 90 tokens, prefilled at the same time by two replicas, before one that can decode `num_gpu_blocks`. */
function twoPrompts(link: KvLink, num_gpu_blocks: number): Given {
  return {
    requests: [
      [0, 90, 5],
      [0, 90, 5],
    ],
    cluster: {
      prefill_replicas: 2,
      decode_replicas: 1,
      prefill_replica: roundReplica,
      decode_replica: { ...roundReplica, num_gpu_blocks },
      link,
    },
  };
}

/** The same cluster and requests over another link. */
function over(given: Given, change: Partial<KvLink>): Given {
  return { ...given, cluster: { ...given.cluster, link: { ...given.cluster.link, ...change } } };
}

function expectAllClose(actual: Float64Array, expected: Float64Array, what: string): void {
  for (const [id, value] of expected.entries()) {
    if (Number.isNaN(value)) expect(actual[id], what).toBeNaN();
    else expectClose(actual[id] ?? Number.NaN, value, `${what} of ${id}`);
  }
}

describe('known answers', () => {
  it('two requests halve the network card they meet at, from their first layers on', () => {
    const { log } = run(twoPrompts({ ...line, ...SHARED }, 100));
    for (const id of [0, 1]) expect(log.decode_queued_s[id]).toBeCloseTo(0.0019 + 1.8 + 0.5, 12);
  });

  it('layers wait for the blocks of the decode replica, and for nothing else then', () => {
    const { log } = run(twoPrompts({ ...line, ...RESERVED }, 10));
    // Five decode steps, and the blocks are free.
    const first_s = 0.0019 + 0.9 + 0.5 + 0.05;
    expect(log.transfer_start_s[0]).toBeCloseTo(0.019, 12);
    expect(log.completed_s[0]).toBeCloseTo(first_s, 12);
    expect(log.transfer_start_s[1]).toBeCloseTo(first_s, 12);
    expect(log.completed_s[1]).toBeCloseTo(first_s + 0.9 + 0.5 + 0.05, 12);
  });

  it('what a prompt that lost its KV has not sent when it starts again is dropped from a shared link', () => {
    // The first prompt keeps half of the blocks until it has arrived; the second is cut in two.
    const replica = { ...roundReplica, max_num_batched_tokens: 50, enable_prefix_caching: true };
    const cluster = clusterOf('disagg', { ...replica, num_gpu_blocks: 10 }, 1, {
      decode_replica: roundReplica,
      link: { ...line, ...SHARED, layers: 1, latency_s: 0 },
      hashed_tokens: 10,
    });
    const { rows, result } = engineRun(cluster, [
      { arrival_s: 0, prompt_tokens: 50, output_tokens: 1, hash_ids: [0, 1, 2, 3, 4] },
      { arrival_s: 0, prompt_tokens: 100, output_tokens: 1, hash_ids: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14] },
    ]);
    // From 0.015 s the first is alone, from 0.03 s on each has half: the first has sent all 50 bytes at 1 s.
    expect(rows[0]?.transfer_end_s).toBeCloseTo(1, 12);
    expect(rows[1]?.prefill_end_s).toBeCloseTo(1.015, 12);
    expect(rows[1]?.transfer_end_s).toBeCloseTo(1.015 + 1, 12);
    expect(result.report.links[0]?.bytes).toBeCloseTo(50 + 48.5 + 100, 9);
  });

  it('an early layer of one may slow the last layers of another', () => {
    // The second prompt is still being computed when the first has all its KV to send, into another decode replica.
    const given = (overlap: Partial<KvLink>): Given => ({
      requests: [
        [0, 200, 1],
        [0, 800, 1],
      ],
      cluster: {
        prefill_replicas: 1,
        decode_replicas: 2,
        prefill_replica: { ...roundReplica, max_num_batched_tokens: 200 },
        decode_replica: roundReplica,
        link: {
          latency_s: 0,
          bandwidth_bytes_per_s: 2000,
          kv_bytes_per_token: 1,
          sharing: 'fair',
          ...overlap,
        },
      },
    });
    const waiting = run(given({ overlap: 'none' })).log.decode_queued_s;
    const ahead = run(given({ overlap: 'layerwise', layers: 1 })).log.decode_queued_s;
    // Ready at 0.03 s; alone until the first chunk of the other is at 0.06 s.
    expect(waiting[0]).toBeCloseTo(0.03 + 0.1, 12);
    expect(ahead[0]).toBeCloseTo(0.06 + 0.14, 12);
  });
});

describe('one request alone', () => {
  const alone = fc.record({
    prompt: fc.integer({ min: 1, max: 1000 }),
    bandwidth_bytes_per_s: fc.double({ min: 100, max: 1e6, noNaN: true }),
    latency_s: fc.constantFrom(0, 0.01),
    layers,
    kind: kinds,
    card: fc.double({ min: 0.2, max: 3, noNaN: true }),
    fabric: fc.double({ min: 0.2, max: 3, noNaN: true }),
  });

  it('arrives when the slower of prefill and link lets it', () =>
    fc.assert(
      fc.property(alone, ({ prompt, bandwidth_bytes_per_s, latency_s, kind, card, fabric, ...rest }) => {
        const fair = kind.sharing === 'fair';
        const limits = {
          nic_bytes_per_s: { prefill: card * bandwidth_bytes_per_s },
          fabric_bytes_per_s: fabric * bandwidth_bytes_per_s,
        };
        const { log } = run({
          requests: [[0, prompt, 3]],
          cluster: {
            prefill_replicas: 1,
            decode_replicas: 1,
            prefill_replica: roundReplica,
            decode_replica: { ...roundReplica, num_gpu_blocks: 200 },
            link: {
              latency_s,
              bandwidth_bytes_per_s,
              kv_bytes_per_token: 1,
              ...rest,
              ...kind,
              ...(fair ? limits : {}),
            },
          },
        });
        const prefill_s = 0.01 + 1e-4 * prompt;
        const bytes_s = prompt / ((fair ? Math.min(1, card, fabric) : 1) * bandwidth_bytes_per_s);
        const prefillBound = prefill_s + bytes_s / rest.layers;
        const linkBound = prefill_s / rest.layers + bytes_s;
        expectClose(log.decode_queued_s[0] ?? 0, latency_s + Math.max(prefillBound, linkBound), 'arrival');
      }),
      { numRuns: 300 },
    ));

  it('arrives at the same time over a fair link as over one that nobody shares, in any number of chunks', () =>
    fc.assert(
      fc.property(givenWith('enough', { overlap: 'layerwise' }), layers, (given, count) => {
        const [request] = given.requests;
        const single = over(
          { ...given, requests: request === undefined ? [] : [request] },
          { layers: count },
        );
        const none = run(single).log;
        for (const kind of [SHARED, RESERVED, BOTH])
          expectAllClose(run(over(single, kind)).log.decode_queued_s, none.decode_queued_s, 'arrival');
      }),
      { numRuns: 200 },
    ));
});

describe('layers ahead', () => {
  it('over a fair link with room for all are layers on a link that nobody shares', () =>
    fc.assert(
      fc.property(givenWith('enough', { overlap: 'layerwise' }), layers, (given, count) => {
        const wide = { nic_bytes_per_s: { prefill: 1e9, decode: 1e9 }, fabric_bytes_per_s: 1e9 };
        const none = run(over(given, { layers: count })).log;
        const fair = run(over(given, { layers: count, sharing: 'fair', ...wide })).log;
        expectAllClose(fair.decode_queued_s, none.decode_queued_s, 'arrival');
      }),
      { numRuns: 200 },
    ));

  it('into blocks that are enough for all do not wait for them', () =>
    fc.assert(
      fc.property(givenWith('enough', SHARED), layers, (given, count) => {
        const free = run(over(given, { layers: count })).log;
        const reserved = run(over(given, { layers: count, reserve: true })).log;
        expect(reserved.decode_queued_s).toEqual(free.decode_queued_s);
        expect(reserved.completed_s).toEqual(free.completed_s);
      }),
      { numRuns: 100 },
    ));

  it('move every byte once, and the last one of a layer not before the layer is computed', () =>
    fc.assert(
      fc.property(givenWith('enough'), kinds, layers, (given, kind, count) => {
        const { log, report } = run(over(given, { ...kind, layers: count }));
        const { latency_s, kv_bytes_per_token, bandwidth_bytes_per_s } = given.cluster.link;
        const moved = given.requests.flatMap(([, prompt], id) =>
          Number.isNaN(log.transfer_start_s[id]) ? [] : [{ id, prompt }],
        );
        const all = sum(moved.map(({ prompt }) => prompt * kv_bytes_per_token));
        expectClose(report.links[0]?.bytes ?? 0, all, 'bytes', 1e-9);
        expect(report.links[0]?.transfers).toBe(moved.length);
        for (const { id } of moved) {
          const prefilled_s = log.prefill_end_s[id] ?? Number.NaN;
          const oneToken_s = kv_bytes_per_token / count / bandwidth_bytes_per_s;
          const soonest_s = prefilled_s + latency_s + oneToken_s;
          expect(log.transfer_start_s[id]).toBeGreaterThanOrEqual(prefilled_s);
          expect(log.decode_queued_s[id]).toBeGreaterThanOrEqual(soonest_s * (1 - 1e-12));
        }
      }),
      { numRuns: 200 },
    ));

  it('leave the books of the router at zero, whoever was turned away and whichever pool gave the first token', () =>
    fc.assert(
      fc.property(givenWith('tight'), kinds, layers, (given, kind, count) => {
        let seen: readonly ReplicaView[] = [];
        const decode_routing: RoutingPolicy = (views, { turn }) => {
          seen = views.map(({ outstanding_requests, outstanding_tokens }) => ({
            outstanding_requests,
            outstanding_tokens,
            cached_prompt_tokens: 0,
          }));
          return turn % views.length;
        };
        const { requests, cluster } = over(given, { ...kind, layers: count });
        run({ requests: [...requests, [1000, 1, 3]], cluster: { ...cluster, decode_routing } });
        for (const { outstanding_requests, outstanding_tokens } of seen)
          expect([outstanding_requests, outstanding_tokens]).toEqual([0, 0]);
        expect(seen).toHaveLength(cluster.decode_replicas);
      }),
      { numRuns: 200 },
    ));
});
