/**
 * Random scenarios whose prompts begin alike, on replicas that keep prefixes, swap to the host, or both.
 * Links to the host have a speed that shares no measure with any other time.
 */
import fc from 'fast-check';
import type { PlainSpec } from './plain-schedule.ts';
import type { Workload } from './scenario.ts';
import { disaggScenario, monoScenario, type Scenario } from './scenarios.ts';

const swap: fc.Arbitrary<Partial<PlainSpec>> = fc
  .record({
    latency_us: fc.nat(300),
    bytes_per_token: fc.nat(200_000),
    room: fc.option(fc.integer({ min: 1, max: 40 })),
  })
  .map(({ latency_us, bytes_per_token, room }) => ({
    preemption: 'swap' as const,
    host_link: {
      latency_s: latency_us * 1e-6 * Math.sqrt(43),
      bandwidth_bytes_per_s: 1e9 * Math.sqrt(47),
      kv_bytes_per_token: bytes_per_token,
    },
    ...(room === null ? {} : { host_blocks: room }),
  }));

const preempting = fc.oneof(fc.constant<Partial<PlainSpec>>({}), swap);

/** Prompts as walks down a tree: two that took the same turns so far have the same ids so far. */
function hashed(workload: Workload, hashed_tokens: number): fc.Arbitrary<Workload> {
  const turn = fc.integer({ min: 0, max: 9 }).map((drawn) => (drawn < 8 ? 0 : drawn));
  const walk = fc.record({ turns: fc.array(turn, { maxLength: 12 }), whole: fc.boolean() });
  return fc.array(walk, { minLength: workload.length, maxLength: workload.length }).map((walks) => {
    const known = new Map<string, number>();
    return workload.map((row, index) => {
      const { turns = [], whole = false } = walks[index] ?? {};
      const parts = row.prompt_tokens / hashed_tokens;
      let path = '';
      const hash_ids = Array.from({ length: whole ? Math.floor(parts) : Math.ceil(parts) }, (_, part) => {
        path += `/${turns[part] ?? 0}`;
        // A block that is not full is another one than the full block.
        const name = part < Math.floor(parts) ? path : `${path}:${row.prompt_tokens % hashed_tokens}`;
        const id = known.get(name) ?? known.size;
        known.set(name, id);
        return id;
      });
      return { ...row, hash_ids };
    });
  });
}

function reusing(scenario: fc.Arbitrary<Scenario>): fc.Arbitrary<Scenario> {
  return scenario.chain(({ cluster, workload }) =>
    fc.integer({ min: 1, max: 80 }).chain((tokens) => {
      const longest = Math.max(...workload.map(({ prompt_tokens }) => prompt_tokens));
      const hashed_tokens = Math.max(tokens, Math.ceil(longest / 40));
      return fc
        .record({
          rows: hashed(workload, hashed_tokens),
          caching: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, fc.constant(false)),
          first: preempting,
          second: preempting,
        })
        .map(({ rows, caching, first, second }) => {
          const reuse = { ...first, enable_prefix_caching: caching };
          return {
            workload: rows,
            cluster: {
              ...cluster,
              hashed_tokens,
              replica: { ...cluster.replica, ...reuse },
              prefill_replica: { ...cluster.prefill_replica, ...reuse },
              decode_replica: { ...cluster.decode_replica, ...second },
            },
          };
        });
    }),
  );
}

/** Monolithic clusters that reuse KV. */
export const monoReuse = (most: number): fc.Arbitrary<Scenario> => reusing(monoScenario(most));

/** Disaggregated clusters that reuse KV. */
export const disaggReuse = (most: number): fc.Arbitrary<Scenario> => reusing(disaggScenario(most));
