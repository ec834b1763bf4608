/**
 * Step times as a file says them, with what stands behind the coefficients that it leaves out. Knows no schema, so that
 * a configuration which was checked before can be compiled without one.
 */
import type { StepTime } from '@llmsim/engine';

/** Step times of a replica that names no hardware. */
export const DEFAULT_STEP_TIME: StepTime = {
  base_s: 0.006,
  prefill_token_s: 5e-5,
  decode_seq_s: 2e-5,
  decode_context_token_s: 2e-8,
  prefill_attention_s: 1e-9,
};

/** Coefficients as they are written, as many as are. */
interface WrittenStepTime {
  readonly step_time?: { readonly [Key in keyof StepTime]?: StepTime[Key] | undefined } | undefined;
}

/** The written coefficients, the rest from `base`. */
export function stepTimeOf(
  { step_time = {} }: WrittenStepTime,
  base: StepTime = DEFAULT_STEP_TIME,
): StepTime {
  return {
    base_s: step_time.base_s ?? base.base_s,
    prefill_token_s: step_time.prefill_token_s ?? base.prefill_token_s,
    decode_seq_s: step_time.decode_seq_s ?? base.decode_seq_s,
    decode_context_token_s: step_time.decode_context_token_s ?? base.decode_context_token_s,
    prefill_attention_s: step_time.prefill_attention_s ?? base.prefill_attention_s,
  };
}
