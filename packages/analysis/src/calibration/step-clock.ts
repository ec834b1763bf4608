/**
 * A clock that counts the engine steps of a run, with what they computed, from the instants of its requests.
 * Knows no fit.
 */
import type { StepTime } from '@llmsim/engine';
import { type PromptWork, promptWork } from './prompt-work.ts';
import type { Timeline } from './timeline.ts';

/** Sums over all steps up to each instant of the timeline. */
export interface StepClock extends PromptWork {
  readonly steps: Float64Array;
  readonly decode_seqs: Float64Array;
  readonly decode_context_tokens: Float64Array;
}

/**
 * Counts steps between instants.
 *
 * @param step_time - how long steps take; null: as long as the mean gaps of the requests under way
 */
export function stepClock(axis: Timeline, step_time: StepTime | null): StepClock {
  const { instants, requests } = axis;
  const steps = new Float64Array(instants.length);
  const decode_seqs = new Float64Array(instants.length);
  const decode_context_tokens = new Float64Array(instants.length);
  const { starting, ending, decoding } = axis.changes;
  const prompts = promptWork(axis, decoding, step_time);
  const started = new Float64Array(requests.length);
  // Of the requests that decode: Σ (prompt − start on the clock), Σ own tokens per second.
  let offset = 0;
  let rates = 0;
  const change = (request: number, sign: 1 | -1): void => {
    const {
      prompt_tokens = 0,
      output_tokens = 0,
      first_token_s = 0,
      completed_s = 0,
    } = requests[request] ?? {};
    offset += sign * (prompt_tokens - (started[request] ?? 0));
    rates += (sign * (output_tokens - 1)) / (completed_s - first_token_s);
  };
  for (let at = 1; at < instants.length; at++) {
    const now = steps[at - 1] ?? 0;
    const [ended = 0, ends = 0] = [ending.offsets[at - 1], ending.offsets[at]];
    for (let i = ended; i < ends; i++) change(ending.requests[i] ?? 0, -1);
    const [begun = 0, begins = 0] = [starting.offsets[at - 1], starting.offsets[at]];
    for (let i = begun; i < begins; i++) {
      const request = starting.requests[i] ?? 0;
      started[request] = now;
      change(request, 1);
    }
    const seqs = decoding[at] ?? 0;
    const seconds = (instants[at] ?? 0) - (instants[at - 1] ?? 0);
    // In its k-th decode step a request has its prompt and k tokens of context; this is the mean over some steps.
    const context = (count: number): number => offset + seqs * (now + count / 2 + 0.5);
    let count = 0;
    if (seqs > 0 && step_time === null) count = (seconds * rates) / seqs;
    else if (seqs > 0 && step_time !== null) {
      const decode_s = seconds - promptSeconds(prompts, at, step_time);
      const step_s = (mean: number): number =>
        step_time.base_s + step_time.decode_seq_s * seqs + step_time.decode_context_token_s * mean;
      // Context grows on the way, so how long steps take is known only with their number.
      const guess = decode_s / step_s(context(0));
      // Something came at this instant, so at least one step ended there.
      count = Math.max(1, Math.round(decode_s / step_s(context(Math.max(0, guess)))));
    }
    raise(steps, at, count);
    raise(decode_seqs, at, count * seqs);
    raise(decode_context_tokens, at, count * context(count));
  }
  return { steps, decode_seqs, decode_context_tokens, ...prompts };
}

function promptSeconds(work: PromptWork, at: number, step_time: StepTime): number {
  const grown = (sums: Float64Array): number => (sums[at] ?? 0) - (sums[at - 1] ?? 0);
  return (
    step_time.prefill_token_s * grown(work.prefill_tokens) +
    step_time.prefill_attention_s * grown(work.prefill_attention)
  );
}

function raise(sums: Float64Array, at: number, by: number): void {
  sums[at] = (sums[at - 1] ?? 0) + by;
}
