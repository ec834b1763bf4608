/**
 * For each request, the sums over the engine steps that it decoded in. Knows no fit.
 *
 * While a request decodes, every step gives it one token: between its first and its last token lie
 * output_tokens − 1 steps, whoever else was in them. The shared clock only has to say what the others did meanwhile.
 */
import type { StepTime } from '@llmsim/engine';
import { stepClock } from './step-clock.ts';
import type { StepSums } from './step-sums.ts';
import type { Timeline } from './timeline.ts';

/**
 * Between first and last token of each request, in order of the requests; null for one token.
 *
 * @param step_time - what the clock goes by; null: the mean gaps of the requests under way
 */
export function requestSteps(axis: Timeline, step_time: StepTime | null): Array<StepSums | null> {
  const clock = stepClock(axis, step_time);
  return axis.requests.map(({ output_tokens, first_token_s, completed_s }, request) => {
    const [from, to] = [axis.first[request] ?? 0, axis.last[request] ?? 0];
    const between = (sums: Float64Array): number => (sums[to] ?? 0) - (sums[from] ?? 0);
    const steps = output_tokens - 1;
    const clocked = between(clock.steps);
    if (!(steps >= 1 && clocked > 0)) return null;
    return {
      steps,
      prefill_tokens: between(clock.prefill_tokens),
      decode_seqs: (between(clock.decode_seqs) * steps) / clocked,
      decode_context_tokens: (between(clock.decode_context_tokens) * steps) / clocked,
      prefill_attention: between(clock.prefill_attention),
      seconds: completed_s - first_token_s,
    };
  });
}
