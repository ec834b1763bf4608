/**
 * Random clusters and workloads of the step model for fast-check.
 *
 * Two implementations that add up the same durations in another order differ in the last bits, so two instants that
 * fall together by the mathematics may come in either order, and a decision may flip. Hence times here are whole
 * multiples of square roots of different primes, one for each coefficient: such sums are equal only if they count
 * the same things. Where that can still happen between parts that feel each other (several prefill replicas before
 * one decode replica), no two requests arrive together.
 */
import fc from 'fast-check';
import type { KvLink, ReplicaSpec, StepTime } from '../../src/index.ts';
import type { Cluster, Workload } from './scenario.ts';

export interface Scenario {
  readonly cluster: Cluster;
  readonly workload: Workload;
}

/** What a workload is like: the largest prompt, the largest answer, the longest gap in milliseconds. */
interface Shape {
  readonly prompt: number;
  readonly output: number;
  readonly gap_ms: number;
}

const SHAPES: readonly Shape[] = [
  // A conversation's proportions.
  { prompt: 900, output: 60, gap_ms: 200 },
  // Decoding only, nearly.
  { prompt: 12, output: 500, gap_ms: 400 },
  // All at once: the batch is full and the cache overflows.
  { prompt: 60, output: 120, gap_ms: 4 },
  // Every step is about somebody.
  { prompt: 4, output: 4, gap_ms: 20 },
  // Long prompts in many chunks.
  { prompt: 3000, output: 8, gap_ms: 1500 },
  // So thin that replicas sleep.
  { prompt: 300, output: 100, gap_ms: 9000 },
];

const nat = (max: number): fc.Arbitrary<number> => fc.nat(max);
const from1 = (max: number): fc.Arbitrary<number> => fc.integer({ min: 1, max });

/** Step times whose coefficients share no common measure with each other nor with those of another `roots`. */
function stepTime(roots: readonly [number, number, number, number, number]): fc.Arbitrary<StepTime> {
  const multiples = (most: number, unit_s: number, root: number): fc.Arbitrary<number> =>
    nat(most).map((k) => k * unit_s * Math.sqrt(root));
  return fc.record({
    base_s: from1(20).map((k) => k * 1e-3 * Math.sqrt(roots[0])),
    prefill_token_s: multiples(30, 1e-6, roots[1]),
    decode_seq_s: multiples(30, 1e-6, roots[2]),
    decode_context_token_s: multiples(30, 1e-9, roots[3]),
    prefill_attention_s: multiples(30, 1e-10, roots[4]),
  });
}

const PREFILL_ROOTS = [2, 3, 5, 7, 11] as const;
const DECODE_ROOTS = [13, 17, 19, 23, 29] as const;
const ARRIVAL_ROOT = Math.sqrt(31);
const LINK_ROOT = Math.sqrt(37);

const size = fc.oneof(from1(4), from1(64));

/** `kv`: blocks as a multiple of what the largest request needs; below 1, some requests never fit. */
function replica(workload: Workload, time: fc.Arbitrary<StepTime>): fc.Arbitrary<ReplicaSpec> {
  const largest = Math.max(
    ...workload.map(({ prompt_tokens, output_tokens }) => prompt_tokens + output_tokens),
  );
  return fc
    .record({
      max_num_seqs: size,
      spare_budget: fc.oneof(nat(8), nat(4000)),
      enable_chunked_prefill: fc.boolean(),
      block_size: from1(32),
      kv: fc.option(
        fc.oneof(fc.double({ min: 1, max: 1.3, noNaN: true }), fc.double({ min: 0.6, max: 6, noNaN: true })),
      ),
      step_time: time,
    })
    .map(({ max_num_seqs, spare_budget, enable_chunked_prefill, block_size, kv, step_time }) => {
      const spec: ReplicaSpec = {
        max_num_seqs,
        // Uncut, whatever may have to be recomputed must fit into a step.
        max_num_batched_tokens: Math.max(max_num_seqs, enable_chunked_prefill ? 1 : largest) + spare_budget,
        enable_chunked_prefill,
        block_size,
        step_time,
      };
      if (kv === null) return spec;
      return { ...spec, num_gpu_blocks: Math.max(1, Math.ceil((kv * largest) / block_size)) };
    });
}

function workloadOf(most: number, leastGap_ms: number): fc.Arbitrary<Workload> {
  return fc.constantFrom(...SHAPES).chain((shape) =>
    fc
      .array(
        fc.record({
          gap_ms: fc.oneof(fc.constant(leastGap_ms), fc.integer({ min: leastGap_ms, max: shape.gap_ms })),
          prompt_tokens: from1(shape.prompt),
          output_tokens: from1(shape.output),
        }),
        { minLength: 1, maxLength: most, size: 'max' },
      )
      .map((rows) => {
        let ms = 0;
        return rows.map(({ gap_ms, ...tokens }) => {
          ms += gap_ms;
          return { arrival_s: ms * 1e-3 * ARRIVAL_ROOT, ...tokens };
        });
      }),
  );
}

const link: fc.Arbitrary<KvLink> = fc
  .record({ latency_ms: fc.oneof(nat(20), nat(500)), bytes_per_token: nat(200_000) })
  .map(({ latency_ms, bytes_per_token }) => ({
    latency_s: latency_ms * 1e-3 * LINK_ROOT,
    bandwidth_bytes_per_s: 1e9 * Math.sqrt(41),
    kv_bytes_per_token: bytes_per_token,
  }));

/** Monolithic clusters; requests may arrive together. */
export function monoScenario(most: number): fc.Arbitrary<Scenario> {
  return workloadOf(most, 0).chain((workload) =>
    fc.record({ replicas: from1(4), replica: replica(workload, stepTime(PREFILL_ROOTS)) }).map((given) => ({
      workload,
      cluster: {
        mode: 'mono' as const,
        ...given,
        prefill_replicas: given.replicas,
        prefill_replica: given.replica,
        decode_replicas: given.replicas,
        decode_replica: given.replica,
      },
    })),
  );
}

/** Disaggregated clusters; requests arrive together only when one replica prefills them all. */
export function disaggScenario(most: number): fc.Arbitrary<Scenario> {
  return fc
    .boolean()
    .chain((together) =>
      fc.record({ together: fc.constant(together), workload: workloadOf(most, together ? 0 : 1) }),
    )
    .chain(({ together, workload }) =>
      fc
        .record({
          prefill_replicas: together ? fc.constant(1) : from1(4),
          prefill_replica: replica(workload, stepTime(PREFILL_ROOTS)),
          decode_replicas: from1(3),
          decode_replica: replica(workload, stepTime(DECODE_ROOTS)),
          link: fc.option(link, { nil: undefined }),
        })
        .map((given) => ({
          workload,
          cluster: {
            mode: 'disagg' as const,
            replicas: given.prefill_replicas,
            replica: given.prefill_replica,
            ...given,
          },
        })),
    );
}

/** The same clusters over a link that is there in any case, and is like this. */
export function linkedBy(scenario: fc.Arbitrary<Scenario>, kind: Partial<KvLink>): fc.Arbitrary<Scenario> {
  const linked = fc.record({ scenario, link }).map(({ scenario: { cluster, workload }, link: drawn }) => ({
    workload,
    cluster: { ...cluster, link: { ...(cluster.link ?? drawn), ...kind } },
  }));
  return kind.sharing === 'fair' ? limited(linked) : linked;
}

/** The same clusters with network cards and a fabric that carry less or more than the link, or have no speed of their own. */
export function limited(scenario: fc.Arbitrary<Scenario>): fc.Arbitrary<Scenario> {
  const share = (root: number): fc.Arbitrary<number | undefined> =>
    fc.option(
      from1(20).map((k) => (k / 50) * Math.sqrt(root)),
      { nil: undefined },
    );
  return fc
    .record({ scenario, prefill: share(43), decode: share(47), fabric: share(53) })
    .map(({ scenario: { cluster, workload }, prefill, decode, fabric }) => {
      if (cluster.link === undefined) return { cluster, workload };
      const speed = cluster.link.bandwidth_bytes_per_s;
      const cards = {
        ...(prefill === undefined ? {} : { prefill: prefill * speed }),
        ...(decode === undefined ? {} : { decode: decode * speed }),
      };
      const fabric_bytes_per_s = fabric === undefined ? {} : { fabric_bytes_per_s: fabric * speed };
      const limits = { nic_bytes_per_s: cards, ...fabric_bytes_per_s };
      return { workload, cluster: { ...cluster, link: { ...cluster.link, ...limits } } };
    });
}

/** The same clusters with asynchronous scheduling, everywhere or on one side alone. */
export function scheduledAhead(scenario: fc.Arbitrary<Scenario>): fc.Arbitrary<Scenario> {
  return fc
    .record({ scenario, prefill: fc.boolean() })
    .map(({ scenario: { cluster, workload }, prefill }) => {
      const ahead = { async_scheduling: true };
      const { replica, prefill_replica, decode_replica } = cluster;
      return {
        workload,
        cluster: {
          ...cluster,
          replica: { ...replica, ...ahead },
          prefill_replica: prefill ? { ...prefill_replica, ...ahead } : prefill_replica,
          decode_replica: { ...decode_replica, ...ahead },
        },
      };
    });
}

/** Either architecture, scheduled as steps begin or ahead, over a link of many a kind. */
export function anyScenario(most: number): fc.Arbitrary<Scenario> {
  const disagg = disaggScenario(most);
  const scenario = fc.oneof(
    { weight: 2, arbitrary: monoScenario(most) },
    { weight: 2, arbitrary: disagg },
    { weight: 1, arbitrary: linkedBy(disagg, { reserve: true }) },
    { weight: 1, arbitrary: linkedBy(disagg, { overlap: 'layerwise', layers: 6 }) },
    { weight: 1, arbitrary: linkedBy(disagg, { overlap: 'layerwise', layers: 6, reserve: true }) },
    {
      weight: 1,
      arbitrary: linkedBy(disagg, { sharing: 'fair', overlap: 'layerwise', layers: 6, reserve: true }),
    },
  );
  return fc.oneof(scenario, scheduledAhead(scenario));
}
