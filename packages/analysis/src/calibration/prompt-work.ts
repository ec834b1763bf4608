/**
 * When the prompts of a run were computed, as sums up to each instant. Knows no decoding beyond how many decode.
 *
 * A prompt is computed by the instant of its first token, in the step that ends there. When that step was too short
 * for all of it, the prompt had been cut to the token budget, and the rest was computed in the steps before.
 */
import type { StepTime } from '@llmsim/engine';
import type { Timeline } from './timeline.ts';

export interface PromptWork {
  readonly prefill_tokens: Float64Array;
  /** Half the squares of the prompts. */
  readonly prefill_attention: Float64Array;
}

/**
 * @param decoding - requests that decode between each instant and the one before
 * @param step_time - null: prompts are not cut
 */
export function promptWork(axis: Timeline, decoding: Int32Array, step_time: StepTime | null): PromptWork {
  const { instants, first, requests } = axis;
  const tokens = new Float64Array(instants.length);
  const attention = new Float64Array(instants.length);
  requests.forEach(({ prompt_tokens }, request) => {
    const at = first[request] ?? 0;
    tokens[at] = (tokens[at] ?? 0) + prompt_tokens;
    attention[at] = (attention[at] ?? 0) + prompt_tokens ** 2 / 2;
  });
  if (step_time !== null) moveWhatDidNotFit(instants, { tokens, attention }, decoding, step_time);
  return { prefill_tokens: summed(tokens), prefill_attention: summed(attention) };
}

function moveWhatDidNotFit(
  instants: Float64Array,
  { tokens, attention }: { readonly tokens: Float64Array; readonly attention: Float64Array },
  decoding: Int32Array,
  { base_s, decode_seq_s, prefill_token_s, prefill_attention_s }: StepTime,
): void {
  for (let at = instants.length - 1; at > 0; at--) {
    const wanted_s = prefill_token_s * (tokens[at] ?? 0) + prefill_attention_s * (attention[at] ?? 0);
    const seconds = (instants[at] ?? 0) - (instants[at - 1] ?? 0);
    const room_s = Math.max(0, seconds - base_s - decode_seq_s * (decoding[at] ?? 0));
    if (wanted_s <= room_s) continue;
    const earlier = 1 - room_s / wanted_s;
    for (const sums of [tokens, attention]) {
      const moved = earlier * (sums[at] ?? 0);
      sums[at] = (sums[at] ?? 0) - moved;
      sums[at - 1] = (sums[at - 1] ?? 0) + moved;
    }
  }
}

function summed(values: Float64Array): Float64Array {
  let sum = 0;
  return values.map((value) => {
    sum += value;
    return sum;
  });
}
