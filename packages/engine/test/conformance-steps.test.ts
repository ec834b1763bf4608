/** The step-model conformance cases: instants, preemptions, rejections and engine steps. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
  batchedDisaggregated,
  batchedMonolithic,
  type KvLink,
  OUTCOMES,
  type ReplicaSpec,
  simulate,
} from '../src/index.ts';

type RawReplica = Omit<ReplicaSpec, 'num_gpu_blocks'> & { readonly num_gpu_blocks: number | null };

interface Case {
  readonly name: string;
  readonly model: string;
  readonly mode: 'mono' | 'disagg';
  readonly replicas: number;
  readonly replica: RawReplica;
  readonly prefill_replicas: number;
  readonly decode_replicas: number;
  readonly prefill_replica: RawReplica;
  readonly decode_replica: RawReplica;
  readonly link: KvLink;
  readonly requests: ReadonlyArray<readonly [number, number, number]>;
  readonly expected_columns: readonly string[];
  readonly expected: ReadonlyArray<ReadonlyArray<number | boolean | null>>;
  readonly engine_steps?: number;
}

const shared = fileURLToPath(new URL('../../../../shared/conformance/', import.meta.url));
const folder = existsSync(shared) ? shared : fileURLToPath(new URL('./conformance/', import.meta.url));
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): Case => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
  .filter(({ model }) => model === 'steps');

function replicaOf({ num_gpu_blocks, ...rest }: RawReplica): ReplicaSpec {
  return num_gpu_blocks === null ? rest : { ...rest, num_gpu_blocks };
}

function simulateCase(example: Case) {
  const { mode, requests, replicas, prefill_replicas, decode_replicas, link } = example;
  return simulate({
    keep_requests: true,
    workload: {
      kind: 'replay',
      arrival_s: requests.map(([arrival]) => arrival),
      prompt_tokens: requests.map(([, prompt]) => prompt),
      output_tokens: requests.map(([, , output]) => output),
    },
    architecture:
      mode === 'mono'
        ? batchedMonolithic({ replicas, replica: replicaOf(example.replica) })
        : batchedDisaggregated({
            prefill_replicas,
            decode_replicas,
            prefill_replica: replicaOf(example.prefill_replica),
            decode_replica: replicaOf(example.decode_replica),
            link,
          }),
  });
}

/** Our columns by the names of the cases. */
const COLUMNS = {
  scheduled_s: 'prefill_start_s',
  prefill_scheduled_s: 'prefill_start_s',
  prefill_end_s: 'prefill_end_s',
  transfer_end_s: 'decode_queued_s',
  decode_scheduled_s: 'decode_start_s',
  first_token_s: 'first_token_s',
  completed_s: 'completed_s',
} as const;

describe('step-model conformance', () => {
  it('finds the seven cases', () => expect(cases).toHaveLength(7));

  for (const example of cases) {
    it(`${example.name}: every request`, () => {
      const { requests } = simulateCase(example);
      if (requests === null) throw new Error('the run kept no requests');
      expect(requests.length).toBe(example.requests.length);
      for (const [id, row] of example.expected.entries()) {
        for (const [index, name] of example.expected_columns.entries()) {
          const expected = row[index];
          const what = `${name} of ${id}`;
          if (name === 'rejected') {
            expect(OUTCOMES[requests.outcome[id] ?? 0], what).toBe(
              expected === true ? 'rejected' : 'completed',
            );
          } else if (name === 'preemptions') {
            expect(requests.preemptions[id], what).toBe(expected);
          } else {
            const actual = requests[COLUMNS[name as keyof typeof COLUMNS]][id] ?? Number.NaN;
            if (typeof expected !== 'number') {
              expect(actual, what).toBeNaN();
              continue;
            }
            const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
            expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(
              tolerance,
            );
          }
        }
      }
    });
  }
});
