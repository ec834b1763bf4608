/** Links between replicas: contention, overlap and reservations as a whole run shows them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type KvLink, OUTCOMES } from '../../src/index.ts';
import { engineRun } from '../replica/engine-run.ts';
import { clusterOf } from '../replica/scenario.ts';
import { expectClose } from '../support/numbers.ts';
import { type Given, givenWith, type Ran, roundReplica, run } from './clusters.ts';

/** The same cluster and requests over another link. */
function over(given: Given, change: Partial<KvLink>): Given {
  return { ...given, cluster: { ...given.cluster, link: { ...given.cluster.link, ...change } } };
}

/** Two prompts of 100 tokens, prefilled at the same time by two replicas: both are ready at 0.02 s. */
function twoPrompts(link: KvLink, decode_replicas: number): Given {
  return {
    requests: [
      [0, 100, 2],
      [0, 100, 2],
    ],
    cluster: {
      prefill_replicas: 2,
      decode_replicas,
      prefill_replica: roundReplica,
      decode_replica: roundReplica,
      link,
    },
  };
}

const line: KvLink = { latency_s: 0.5, bandwidth_bytes_per_s: 100, kv_bytes_per_token: 1 };
const alone_s = 0.02 + 0.5 + 1;

function expectArrivals({ log }: Ran, expected: readonly number[]): void {
  for (const [id, at_s] of expected.entries()) expectSame(log.decode_queued_s[id], at_s, `arrival of ${id}`);
}

/** Close, or missing in both. */
function expectSame(actual: number | undefined, expected: number | undefined, what: string): void {
  const at = expected ?? Number.NaN;
  if (Number.isNaN(at)) expect(actual, what).toBeNaN();
  else expectClose(actual ?? Number.NaN, at, what);
}

function completed({ log }: Ran): number {
  return [...log.outcome].filter((outcome) => OUTCOMES[outcome] === 'completed').length;
}

describe('a fair link', () => {
  it('halves two transfers into one replica, whose network card carries one', () => {
    expectArrivals(run(twoPrompts({ ...line, sharing: 'fair' }, 1)), [alone_s + 1, alone_s + 1]);
  });

  it('keeps transfers between different replicas apart, unless the fabric is narrow', () => {
    expectArrivals(run(twoPrompts({ ...line, sharing: 'fair' }, 2)), [alone_s, alone_s]);
    const narrow: KvLink = { ...line, sharing: 'fair', fabric_bytes_per_s: 50 };
    expectArrivals(run(twoPrompts(narrow, 2)), [alone_s + 3, alone_s + 3]);
  });

  it('keeps one transfer to its bandwidth, and to the slower of two network cards', () => {
    const wide: KvLink = { ...line, sharing: 'fair', nic_bytes_per_s: { prefill: 1000, decode: 1000 } };
    expectArrivals(run(twoPrompts(wide, 1)), [alone_s, alone_s]);
    const slow: KvLink = { ...line, sharing: 'fair', nic_bytes_per_s: { prefill: 20 } };
    expectArrivals(run(twoPrompts(slow, 2)), [alone_s + 4, alone_s + 4]);
  });

  it('with room for all is a link that nobody shares', () => {
    fc.assert(
      fc.property(givenWith('enough'), (given) => {
        const wide = 1e9;
        const fair = run(
          over(given, {
            sharing: 'fair',
            nic_bytes_per_s: { prefill: wide, decode: wide },
            fabric_bytes_per_s: wide,
          }),
        );
        expectArrivals(fair, [...run(given).log.decode_queued_s]);
      }),
      { numRuns: 200 },
    );
  });

  it('delays nobody less than a transfer alone, and completes everybody', () => {
    const shared = fc.tuple(
      givenWith('enough', { sharing: 'fair' }),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
      fc.double({ min: 0.3, max: 3, noNaN: true }),
    );
    fc.assert(
      fc.property(shared, ([given, card, fabric]) => {
        const { link } = given.cluster;
        const speed = link.bandwidth_bytes_per_s;
        const ran = run(
          over(given, {
            nic_bytes_per_s: { prefill: card * speed, decode: speed },
            fabric_bytes_per_s: fabric * speed,
          }),
        );
        expect(completed(ran)).toBe(given.requests.length);
        let bytes = 0;
        for (const [id, [, prompt]] of given.requests.entries()) {
          const start_s = ran.log.transfer_start_s[id] ?? Number.NaN;
          if (Number.isNaN(start_s)) continue;
          bytes += prompt * link.kv_bytes_per_token;
          const most = Math.min(1, card, fabric) * speed;
          const soonest = start_s + link.latency_s + (prompt * link.kv_bytes_per_token) / most;
          expect(ran.log.decode_queued_s[id]).toBeGreaterThanOrEqual(soonest * (1 - 1e-12));
        }
        // The fabric is never used above its capacity.
        const moving = [...ran.log.transfer_start_s].filter((start_s) => !Number.isNaN(start_s));
        if (moving.length === 0) return;
        const ends = [...ran.log.decode_queued_s].filter((end_s) => !Number.isNaN(end_s));
        const span = Math.max(...ends) - Math.min(...moving);
        expect(bytes).toBeLessThanOrEqual(span * fabric * speed * (1 + 1e-9) + 1e-6);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a layer-by-layer link', () => {
  it('hides the transfer behind prefill, all but the last layer', () => {
    const fast: KvLink = {
      latency_s: 0.5,
      bandwidth_bytes_per_s: 1e5,
      kv_bytes_per_token: 1,
      overlap: 'layerwise',
      layers: 10,
    };
    const at_s = 0.02 + 100 / 1e5 / 10 + 0.5;
    expectArrivals(run(twoPrompts(fast, 2)), [at_s, at_s]);
  });

  it('moves a prompt again that lost its KV, also what the prefix cache still holds of it', () => {
    // The first prompt keeps half of the blocks until it has arrived; the second is cut in two.
    const replica = { ...roundReplica, max_num_batched_tokens: 50, enable_prefix_caching: true };
    const cluster = clusterOf('disagg', { ...replica, num_gpu_blocks: 10 }, 1, {
      decode_replica: roundReplica,
      link: { ...line, overlap: 'layerwise', layers: 1 },
      hashed_tokens: 10,
    });
    const { rows, result } = engineRun(cluster, [
      { arrival_s: 0, prompt_tokens: 50, output_tokens: 1, hash_ids: [0, 1, 2, 3, 4] },
      { arrival_s: 0, prompt_tokens: 100, output_tokens: 1, hash_ids: [5, 6, 7, 8, 9, 10, 11, 12, 13, 14] },
    ]);
    expect(result.report.pools[0]?.batching?.preemptions).toBe(1);
    expect(result.report.links[0]?.bytes).toBeCloseTo(50 + 50 + 100, 9);
    const [first, second] = rows;
    expect(second?.prefill_end_s).toBeCloseTo((first?.transfer_end_s ?? 0) + 0.015, 12);
    expect(second?.transfer_end_s).toBeCloseTo((second?.prefill_end_s ?? 0) + 1 + 0.5, 12);
  });

  it('is never later than a link that waits for prefill, and never before the last layer can be there', () => {
    const layers = fc.integer({ min: 1, max: 60 });
    fc.assert(
      fc.property(givenWith('enough'), layers, (given, count) => {
        const waiting = run(given);
        const overlapping = run(over(given, { overlap: 'layerwise', layers: count }));
        const { latency_s, kv_bytes_per_token, bandwidth_bytes_per_s } = given.cluster.link;
        for (const [id, end_s] of waiting.log.decode_queued_s.entries()) {
          const arrived_s = overlapping.log.decode_queued_s[id] ?? Number.NaN;
          if (Number.isNaN(end_s)) {
            expect(arrived_s).toBeNaN();
            continue;
          }
          const prefilled_s = overlapping.log.prefill_end_s[id] ?? Number.NaN;
          expect(prefilled_s).toBe(waiting.log.prefill_end_s[id]);
          expect(arrived_s).toBeLessThanOrEqual(end_s * (1 + 1e-12));
          const oneToken_s = kv_bytes_per_token / count / bandwidth_bytes_per_s;
          expect(arrived_s).toBeGreaterThanOrEqual((prefilled_s + latency_s + oneToken_s) * (1 - 1e-12));
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('reservations', () => {
  it('let a transfer wait until the decode replica has the blocks, then hold them', () => {
    // 10 blocks of 10 tokens each: one prompt of 90 tokens and its answer at a time.
    const decode_replica = { ...roundReplica, num_gpu_blocks: 10 };
    const given = twoPrompts({ ...line, reserve: true }, 1);
    const ran = run({
      ...given,
      requests: [
        [0, 90, 5],
        [0, 90, 5],
      ],
      cluster: { ...given.cluster, decode_replica },
    });
    // Prefill takes 0.019 s, a transfer 1.4 s, five decode steps 0.05 s.
    const first_s = 0.019 + 1.4 + 0.05;
    expect(ran.log.transfer_start_s[0]).toBeCloseTo(0.019, 12);
    expect(ran.log.completed_s[0]).toBeCloseTo(first_s, 12);
    expect(ran.log.transfer_start_s[1]).toBeCloseTo(first_s, 12);
    expect(ran.log.completed_s[1]).toBeCloseTo(first_s + 1.4 + 0.05, 12);
    expect([...ran.log.preemptions]).toEqual([0, 0]);
  });

  it('with room for all change nothing', () => {
    fc.assert(
      fc.property(givenWith('enough'), (given) => {
        const { log } = run(over(given, { reserve: true }));
        const plain = run(given).log;
        expect([...log.decode_queued_s]).toEqual([...plain.decode_queued_s]);
        expect([...log.completed_s]).toEqual([...plain.completed_s]);
      }),
      { numRuns: 100 },
    );
  });

  it('never stop a run, however tight the blocks, shared or not, layer by layer or not', () => {
    const ahead = { overlap: 'layerwise', layers: 4 } as const;
    const links = fc.constantFrom<Partial<KvLink>>({}, { sharing: 'fair' }, ahead, {
      sharing: 'fair',
      ...ahead,
    });
    fc.assert(
      fc.property(givenWith('tight', { reserve: true }), links, (given, link) => {
        const ran = run(over(given, link), 200_000);
        const { arrivals, completed: done, rejected, in_flight } = ran.report.outcomes;
        expect(in_flight).toBe(0);
        expect(done + rejected).toBe(arrivals);
        for (const pool of ran.report.pools) expect(pool.batching?.max_kv_use).toBeLessThanOrEqual(1);
      }),
      { numRuns: 2000 },
    );
  });

  it('hold and return every block: who comes after all the others finds a cluster like new', () => {
    const ways = fc.constantFrom<Partial<KvLink>>({}, { overlap: 'layerwise', layers: 4 });
    fc.assert(
      fc.property(givenWith('tight', { reserve: true }), ways, (drawn, way) => {
        const given = over(drawn, way);
        const alone = [1000, 8, 3] as const;
        const fresh = run({ ...given, requests: [alone] });
        const pairs = given.cluster.prefill_replicas * given.cluster.decode_replicas;
        const late = run({ ...given, requests: [...given.requests, ...Array(pairs).fill(alone)] });
        for (let id = given.requests.length; id < late.log.length; id++) {
          for (const column of ['decode_queued_s', 'first_token_s', 'completed_s'] as const) {
            const since = ({ log }: Ran, row: number): number =>
              (log[column][row] ?? Number.NaN) - (log.arrival_s[row] ?? Number.NaN);
            expectSame(since(late, id), since(fresh, 0), `${column} of ${id}`);
          }
        }
      }),
      { numRuns: 300 },
    );
  });
});
