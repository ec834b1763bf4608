/** Small disaggregated clusters for the tests of transfers: one run of them, and random ones. */
import fc from 'fast-check';
import {
  type BatchedDisaggregatedCluster,
  batchedDisaggregated,
  type KvLink,
  type ReplicaSpec,
  type RequestLog,
  Simulation,
  type SimulationReport,
} from '../../src/index.ts';

/** Keeps the ends of steps from falling on the ends of transfers, whose order the last bit would decide. */
const INCOMMENSURABLE = Math.SQRT2;

export interface Given {
  readonly cluster: BatchedDisaggregatedCluster & { readonly link: KvLink };
  /** Seconds since the request before, prompt tokens, output tokens. */
  readonly requests: ReadonlyArray<readonly [gap_s: number, prompt: number, output: number]>;
}

export interface Ran {
  readonly report: SimulationReport;
  readonly log: RequestLog;
}

/** Runs until the last request is done; more than `most_events` events mean that it never will be. */
export function run({ cluster, requests }: Given, most_events = 2e6): Ran {
  let at = 0;
  const simulation = new Simulation({
    workload: {
      kind: 'replay',
      arrival_s: requests.map(([gap_s]) => (at += gap_s)),
      prompt_tokens: requests.map(([, prompt]) => prompt),
      output_tokens: requests.map(([, , output]) => output),
    },
    architecture: batchedDisaggregated(cluster),
    keep_requests: true,
  });
  if (!simulation.advance(most_events).done) throw new Error(`not drained after ${most_events} events`);
  const { report, requests: log } = simulation.result();
  if (log === null) throw new Error('the run kept no requests');
  return { report, log };
}

/** A replica with round times: a step takes 0.01 s and 0.1 ms a prompt token. */
export const roundReplica: ReplicaSpec = {
  max_num_seqs: 8,
  max_num_batched_tokens: 1000,
  enable_chunked_prefill: true,
  block_size: 10,
  step_time: {
    base_s: 0.01,
    prefill_token_s: 1e-4,
    decode_seq_s: 0,
    decode_context_token_s: 0,
    prefill_attention_s: 0,
  },
};

const replica = (blocks: fc.Arbitrary<number | undefined>): fc.Arbitrary<ReplicaSpec> =>
  fc
    .record({
      max_num_seqs: fc.integer({ min: 1, max: 6 }),
      extra_tokens: fc.integer({ min: 0, max: 120 }),
      block_size: fc.integer({ min: 1, max: 8 }),
      num_gpu_blocks: blocks,
      base_s: fc.double({ min: 0.001, max: 0.02, noNaN: true }).map((seconds) => seconds * INCOMMENSURABLE),
      decode_context_token_s: fc.constantFrom(0, 1e-5),
    })
    .map(({ max_num_seqs, extra_tokens, num_gpu_blocks, base_s, decode_context_token_s, ...rest }) => ({
      ...rest,
      max_num_seqs,
      max_num_batched_tokens: max_num_seqs + extra_tokens,
      enable_chunked_prefill: true,
      ...(num_gpu_blocks === undefined ? {} : { num_gpu_blocks }),
      step_time: {
        base_s,
        prefill_token_s: 1e-4,
        decode_seq_s: 1e-4,
        decode_context_token_s,
        prefill_attention_s: 1e-8,
      },
    }));

const requests = fc.array(
  fc.tuple(
    fc.oneof(fc.constant(0), fc.double({ min: 0, max: 0.1, noNaN: true })),
    fc.integer({ min: 1, max: 60 }),
    fc.integer({ min: 1, max: 40 }),
  ),
  { minLength: 1, maxLength: 40 },
);

/** A cluster whose replicas have enough blocks, or few of them (`tight`), with a link that takes about as long as a step. */
export function givenWith(blocks: 'enough' | 'tight', link: Partial<KvLink> = {}): fc.Arbitrary<Given> {
  const num_gpu_blocks = blocks === 'enough' ? fc.constant(undefined) : fc.integer({ min: 8, max: 60 });
  return fc.record({
    requests,
    cluster: fc.record({
      prefill_replicas: fc.integer({ min: 1, max: 3 }),
      decode_replicas: fc.integer({ min: 1, max: 3 }),
      prefill_replica: replica(num_gpu_blocks),
      decode_replica: replica(num_gpu_blocks),
      first_token: fc.constantFrom('decode', 'prefill'),
      link: fc
        .record({
          latency_s: fc.constantFrom(0, 0.003),
          bandwidth_bytes_per_s: fc
            .double({ min: 500, max: 50_000, noNaN: true })
            .map((speed) => speed * INCOMMENSURABLE ** 2.5),
          kv_bytes_per_token: fc.integer({ min: 0, max: 10 }),
        })
        .map((line) => ({ ...line, ...link })),
    }),
  });
}
