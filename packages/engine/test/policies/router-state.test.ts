/**
 * What a router sees of its replicas, at each decision, against the request log. Steps take a fixed time whatever
 * they compute, so that when each token came out is known.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  batchedDisaggregated,
  batchedMonolithic,
  leastOutstanding,
  leastTokens,
  powerOfTwo,
  type ReplayWorkload,
  type ReplicaSpec,
  type ReplicaView,
  type RoutingPolicy,
  simulate,
} from '../../src/index.ts';
import { type Row, rowsOf } from '../support/rows.ts';

const STEP_S = 0.25;
const replica: ReplicaSpec = {
  max_num_seqs: 4,
  max_num_batched_tokens: 64,
  // A prompt and answer of more than 64 tokens are rejected.
  enable_chunked_prefill: false,
  block_size: 16,
  step_time: {
    base_s: STEP_S,
    prefill_token_s: 0,
    decode_seq_s: 0,
    decode_context_token_s: 0,
    prefill_attention_s: 0,
  },
};

interface Decision {
  readonly id: number;
  readonly replica: number;
  readonly views: readonly ReplicaView[];
}

/** The same policy; what it saw and chose is kept. */
function witnessed(policy: RoutingPolicy): {
  readonly policy: RoutingPolicy;
  readonly decisions: Decision[];
} {
  const decisions: Decision[] = [];
  return {
    decisions,
    policy: (replicas, request, random) => {
      const views = replicas.map(({ outstanding_requests, outstanding_tokens }) => ({
        outstanding_requests,
        outstanding_tokens,
        cached_prompt_tokens: 0,
      }));
      const chosen = policy(replicas, request, random);
      decisions.push({ id: request.id, replica: chosen, views });
      return chosen;
    },
  };
}

/** A request as the router of one pool meets it. */
interface Passage {
  readonly replica: number;
  readonly sent_s: number;
  readonly left_s: number;
  /** Output tokens that had come out before it was sent. */
  readonly sent_with: number;
  readonly row: Row;
}

/** Tokens that came out by `instant`, or before it. */
function cameOut({ first_token_s, output_tokens }: Row, instant: number, inclusive: boolean): number {
  if (!(inclusive ? first_token_s <= instant : first_token_s < instant)) return 0;
  const steps = (instant - first_token_s) / STEP_S;
  return Math.min(output_tokens, inclusive ? Math.floor(steps) + 1 : Math.ceil(steps));
}

/** The view of `replica` at `now`, from all passages that the router decided on before. */
function seen(before: readonly Passage[], replica: number, now: number, refresh_s: number): ReplicaView {
  const snapshot_s = refresh_s === 0 ? now : Math.floor(now / refresh_s) * refresh_s;
  const there = before.filter((passage) => {
    if (passage.replica !== replica) return false;
    if (refresh_s === 0) return passage.left_s > now;
    return passage.sent_s >= snapshot_s || passage.left_s >= snapshot_s;
  });
  const tokens = there.map(({ row, sent_s, sent_with }) => {
    const known = refresh_s > 0 && sent_s >= snapshot_s ? 0 : cameOut(row, snapshot_s, refresh_s === 0);
    return row.prompt_tokens + Math.max(known, sent_with);
  });
  return {
    outstanding_requests: there.length,
    outstanding_tokens: tokens.reduce((total, one) => total + one, 0),
    cached_prompt_tokens: 0,
  };
}

const policies: Readonly<Record<string, RoutingPolicy>> = {
  least_outstanding: leastOutstanding(),
  least_tokens: leastTokens(),
  power_of_two: powerOfTwo(),
};

const anyRun = fc.record({
  name: fc.constantFrom(...Object.keys(policies)),
  routing_refresh_s: fc.constantFrom(0, 0, 0.125, 0.25, 0.5, 1, 3, 1000),
  rows: fc.array(
    fc.record({
      /** Arrivals on a grid finer than the steps: many fall together, and on ends of steps. */
      gap: fc.integer({ min: 0, max: 6 }),
      prompt: fc.integer({ min: 1, max: 60 }),
      output: fc.integer({ min: 1, max: 20 }),
    }),
    { minLength: 1, maxLength: 60 },
  ),
  replicas: fc.integer({ min: 1, max: 4 }),
});

function replayOf(
  rows: ReadonlyArray<{ readonly gap: number; readonly prompt: number; readonly output: number }>,
  grid_s: number,
): ReplayWorkload {
  let at = 0;
  return {
    kind: 'replay',
    arrival_s: rows.map(({ gap }) => (at += gap * grid_s)),
    prompt_tokens: rows.map(({ prompt }) => prompt),
    output_tokens: rows.map(({ output }) => output),
  };
}

function policyNamed(name: string): RoutingPolicy {
  const policy = policies[name];
  if (policy === undefined) throw new Error(`no policy ${name}`);
  return policy;
}

function expectSeen(decisions: readonly Decision[], passages: readonly Passage[], refresh_s: number): void {
  expect(decisions).toHaveLength(passages.length);
  for (const [turn, { views }] of decisions.entries()) {
    const now = passages[turn]?.sent_s ?? Number.NaN;
    const before = passages.slice(0, turn);
    expect(views).toEqual(views.map((_, at) => seen(before, at, now, refresh_s)));
  }
}

describe('what a router sees', () => {
  it('of monolithic replicas: its own requests until they leave, their prompts and the tokens that came out', () => {
    fc.assert(
      fc.property(anyRun, ({ name, routing_refresh_s, rows: given, replicas }) => {
        const { policy, decisions } = witnessed(policyNamed(name));
        const result = simulate({
          workload: replayOf(given, 0.125),
          architecture: batchedMonolithic({ replicas, replica, routing: policy, routing_refresh_s }),
          keep_requests: true,
        });
        const rows = rowsOf(result);
        const passages = decisions.map(({ id, replica: chosen }): Passage => {
          const row = rows[id];
          if (row === undefined) throw new Error(`no request ${id}`);
          const left_s = row.outcome === 'rejected' ? row.arrival_s : row.completed_s;
          return { replica: chosen, sent_s: row.arrival_s, left_s, sent_with: 0, row };
        });
        expect(decisions.map(({ id }) => id)).toEqual(given.map((_, id) => id));
        expectSeen(decisions, passages, routing_refresh_s);
      }),
      { numRuns: 500 },
    );
  });

  it('of decode replicas, requests on their way too; of prefill replicas, prompts alone', () => {
    fc.assert(
      fc.property(anyRun, fc.boolean(), ({ name, routing_refresh_s, rows: given, replicas }, early) => {
        const { policy, decisions } = witnessed(policyNamed(name));
        const result = simulate({
          // Off the grid of the steps, and a transfer of half a step.
          workload: replayOf(given, 0.1234567),
          architecture: batchedDisaggregated({
            prefill_replicas: replicas + 1,
            decode_replicas: replicas,
            prefill_replica: replica,
            decode_replica: { ...replica, max_num_batched_tokens: 100 },
            link: { latency_s: STEP_S / 2, bandwidth_bytes_per_s: 1, kv_bytes_per_token: 0 },
            first_token: early ? 'prefill' : 'decode',
            routing: policy,
            routing_refresh_s,
          }),
          keep_requests: true,
        });
        expect(result.report.outcomes.in_flight).toBe(0);
        const rows = rowsOf(result);
        const passage =
          (sent: (row: Row) => number, left: (row: Row) => number) =>
          ({ id, replica: chosen }: Decision): Passage => {
            const row = rows[id];
            if (row === undefined) throw new Error(`no request ${id}`);
            return { replica: chosen, sent_s: sent(row), left_s: left(row), sent_with: 0, row };
          };
        const ofPrefill = decisions.filter(({ views }) => views.length === replicas + 1);
        const ofDecode = decisions.filter(({ views }) => views.length === replicas);
        // Nothing comes out of prefill: its router sees prompts alone.
        const prefillPassages = ofPrefill
          .map(
            passage(
              ({ arrival_s }) => arrival_s,
              ({ prefill_end_s }) => prefill_end_s,
            ),
          )
          .map(({ row, ...rest }) => ({ ...rest, row: { ...row, first_token_s: Number.NaN } }));
        expectSeen(ofPrefill, prefillPassages, routing_refresh_s);
        // A first token of prefill is known on sending; the others follow, one a step, once decoding has started.
        const decodePassages = ofDecode
          .map(
            passage(
              ({ prefill_end_s }) => prefill_end_s,
              ({ completed_s }) => completed_s,
            ),
          )
          .map((one) =>
            early
              ? { ...one, sent_with: 1, row: { ...one.row, first_token_s: one.row.decode_start_s } }
              : one,
          );
        expectSeen(ofDecode, decodePassages, routing_refresh_s);
      }),
      { numRuns: 300 },
    );
  });
});
