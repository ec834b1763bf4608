/**
 * A step-model cluster and a workload as the tests hold them, what a run of either implementation says of each
 * request, and how two runs are compared. Knows no implementation.
 */
import { expect } from 'vitest';
import type { KvLink, Outcome, StepTime } from '../../src/index.ts';
import type { PlainSchedule, PlainSpec } from './plain-schedule.ts';
import type { WorkloadRow } from './plain-visit.ts';

export interface Cluster {
  readonly mode: 'mono' | 'disagg';
  readonly replicas: number;
  readonly replica: PlainSpec;
  readonly prefill_replicas: number;
  readonly prefill_replica: PlainSpec;
  readonly decode_replicas: number;
  readonly decode_replica: PlainSpec;
  readonly link?: KvLink | undefined;
  readonly first_token?: 'decode' | 'prefill' | undefined;
  /** Tokens in a block that a hash id stands for. */
  readonly hashed_tokens?: number;
}

/** Every step takes a second, whatever it computes. */
export const A_SECOND_EACH: StepTime = {
  base_s: 1,
  prefill_token_s: 0,
  decode_seq_s: 0,
  decode_context_token_s: 0,
  prefill_attention_s: 0,
};

/** Both architectures of the same replicas. */
export function clusterOf(
  mode: Cluster['mode'],
  replica: PlainSpec,
  replicas = 1,
  others: Partial<Cluster> = {},
): Cluster {
  return {
    mode,
    replicas,
    replica,
    prefill_replicas: replicas,
    prefill_replica: replica,
    decode_replicas: replicas,
    decode_replica: replica,
    ...others,
  };
}

/** In order of arrival; the row is the id. */
export type Workload = readonly WorkloadRow[];

/** The instants of a request, NaN for what did not happen. */
export interface StepRow {
  arrival_s: number;
  outcome: Outcome;
  scheduled_s: number;
  prefill_end_s: number;
  transfer_start_s: number;
  transfer_end_s: number;
  decode_scheduled_s: number;
  first_token_s: number;
  completed_s: number;
  preemptions: number;
}

export const INSTANTS = [
  'scheduled_s',
  'prefill_end_s',
  'transfer_start_s',
  'transfer_end_s',
  'decode_scheduled_s',
  'first_token_s',
  'completed_s',
] as const;

/** Between two tokens in a row of a request. */
export interface Gap {
  /** When the later one came. */
  readonly at_s: number;
  readonly gap_s: number;
}

export interface PoolRun {
  readonly step_ends_s: readonly number[];
  readonly preemptions_s: readonly number[];
  readonly copies: PlainSchedule['copies'];
  readonly admissions: PlainSchedule['admissions'];
}

export interface StepRun {
  readonly rows: readonly StepRow[];
  /** In no order. */
  readonly gaps: readonly Gap[];
  readonly transfers: number;
  /** Over the link. */
  readonly moved_bytes: number;
  readonly pools: readonly PoolRun[];
  /** The least time between the end of a transfer that others feel and another end or an arrival, seconds. */
  readonly close_s: number;
}

/** Expects the same outcome, the same preemptions and the same instants (relative) of every request. */
export function expectSameRows(
  actual: readonly StepRow[],
  expected: readonly StepRow[],
  tolerance = 1e-9,
): void {
  expect(actual).toHaveLength(expected.length);
  for (const [id, row] of actual.entries()) {
    const other = expected[id];
    if (other === undefined) throw new RangeError(`no row ${id}`);
    if (row.outcome !== other.outcome || row.preemptions !== other.preemptions) {
      expect.fail(
        `request ${id}: ${row.outcome} after ${row.preemptions} preemptions, ` +
          `expected ${other.outcome} after ${other.preemptions}`,
      );
    }
    for (const instant of INSTANTS) {
      const off = Math.abs(row[instant] - other[instant]);
      const bothMissing = Number.isNaN(row[instant]) && Number.isNaN(other[instant]);
      if (bothMissing || off <= tolerance * Math.abs(other[instant])) continue;
      expect.fail(`request ${id}: ${instant} ${row[instant]}, expected ${other[instant]}`);
    }
  }
}
