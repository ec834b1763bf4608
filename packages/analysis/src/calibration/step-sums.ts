/**
 * What some engine steps computed and how long they took: the rows that step times are fitted to.
 * Knows no requests and no fit.
 */
import type { StepTime } from '@llmsim/engine';

/** Sums over one or more engine steps; the step time is linear in them. */
export interface StepSums {
  /** Engine steps. */
  readonly steps: number;
  /** Prompt tokens computed. */
  readonly prefill_tokens: number;
  /** Decoding requests, summed over the steps. */
  readonly decode_seqs: number;
  /** Tokens of context of the decoding requests, summed over the steps. */
  readonly decode_context_tokens: number;
  /** Σ n·(computed + n/2) of the prefilling requests: half the square of each whole prompt. */
  readonly prefill_attention: number;
  /** What the steps took together. */
  readonly seconds: number;
}

/** The coefficients of a step time, in the order of the columns. */
export const COEFFICIENTS: ReadonlyArray<keyof StepTime> = [
  'base_s',
  'prefill_token_s',
  'decode_seq_s',
  'decode_context_token_s',
  'prefill_attention_s',
];

export type Coefficient = keyof StepTime;

/** What each coefficient is multiplied by. */
export function columnsOf(sums: StepSums): number[] {
  return [
    sums.steps,
    sums.prefill_tokens,
    sums.decode_seqs,
    sums.decode_context_tokens,
    sums.prefill_attention,
  ];
}

/** The coefficients as a record, from `COEFFICIENTS` order. */
export function inOrder(values: ArrayLike<number>): StepTime {
  const [base_s = 0, prefill_token_s = 0, decode_seq_s = 0, context = 0, prefill_attention_s = 0] =
    Array.from(values);
  return { base_s, prefill_token_s, decode_seq_s, decode_context_token_s: context, prefill_attention_s };
}
