/** The oracle before the judge: the plain loop against the step-model conformance cases, and against itself. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import type { KvLink, ReplicaSpec } from '../../src/index.ts';
import { sum } from '../support/numbers.ts';
import { plainStepLoop } from './plain-step-loop.ts';
import { type Cluster, clusterOf, expectSameRows, type StepRow } from './scenario.ts';

type RawReplica = Omit<ReplicaSpec, 'num_gpu_blocks'> & { readonly num_gpu_blocks: number | null };

interface Case {
  readonly name: string;
  readonly mode: 'mono' | 'disagg';
  readonly replicas?: number;
  readonly replica?: RawReplica;
  readonly prefill_replicas?: number;
  readonly decode_replicas?: number;
  readonly prefill_replica?: RawReplica;
  readonly decode_replica?: RawReplica;
  readonly link?: KvLink;
  readonly requests: ReadonlyArray<readonly [number, number, number]>;
  readonly expected_columns: readonly string[];
  readonly expected: ReadonlyArray<ReadonlyArray<number | boolean | null>>;
  readonly engine_steps?: number;
}

const folder = fileURLToPath(new URL('../conformance/', import.meta.url));
const cases = readdirSync(folder)
  .filter((file) => file.startsWith('steps-'))
  .map((file): Case => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')));

function replicaOf({ num_gpu_blocks, ...rest }: RawReplica): ReplicaSpec {
  return num_gpu_blocks === null ? rest : { ...rest, num_gpu_blocks };
}

function clusterOfCase(example: Case): Cluster {
  const { mode, replica, prefill_replica, decode_replica } = example;
  const first = replica ?? prefill_replica;
  if (first === undefined) throw new Error(`${example.name} has no replica`);
  return clusterOf(mode, replicaOf(first), example.replicas ?? example.prefill_replicas ?? 1, {
    decode_replicas: example.decode_replicas ?? 1,
    decode_replica: replicaOf(decode_replica ?? first),
    link: example.link,
  });
}

/** The rows a case expects; a column it does not have is taken from what was computed. */
function expectedRows(example: Case, computed: readonly StepRow[]): StepRow[] {
  return computed.map((row, id) => {
    const values = new Map(example.expected_columns.map((name, k) => [name, example.expected[id]?.[k]]));
    const number = (name: string, otherwise: number): number => {
      const value = values.get(name);
      if (value === undefined) return otherwise;
      return typeof value === 'number' ? value : Number.NaN;
    };
    return {
      arrival_s: row.arrival_s,
      outcome: values.get('rejected') === true ? 'rejected' : 'completed',
      scheduled_s: number('scheduled_s', number('prefill_scheduled_s', row.scheduled_s)),
      prefill_end_s: number('prefill_end_s', row.prefill_end_s),
      transfer_start_s: row.transfer_start_s,
      transfer_end_s: number('transfer_end_s', row.transfer_end_s),
      decode_scheduled_s: number('decode_scheduled_s', row.decode_scheduled_s),
      first_token_s: number('first_token_s', row.first_token_s),
      completed_s: number('completed_s', row.completed_s),
      preemptions: number('preemptions', row.preemptions),
    };
  });
}

describe('the plain loop meets the conformance cases', () => {
  it('finds the seven', () => expect(cases).toHaveLength(7));

  it.each(cases.map((example) => [example.name, example] as const))('%s', (_, example) => {
    const workload = example.requests.map(([arrival_s, prompt_tokens, output_tokens]) => ({
      arrival_s,
      prompt_tokens,
      output_tokens,
    }));
    const { rows, pools } = plainStepLoop(clusterOfCase(example), workload);
    expectSameRows(rows, expectedRows(example, rows));
    if (example.engine_steps === undefined) return;
    expect(sum(pools.map(({ step_ends_s }) => step_ends_s.length))).toBe(example.engine_steps);
  });
});
