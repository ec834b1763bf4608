/**
 * One replica as a plain loop over engine steps, every running request touched in every step: what the step model
 * costs without the token clock and the jumps. KV blocks unlimited, chunked prefill. Tells the same milestones.
 */
import type { GeneratedWorkload } from '../src/plan.ts';
import type { ReplicaSpec } from '../src/replica/replica-spec.ts';
import { generatedSource } from '../src/workload/generated.ts';

interface Running {
  readonly id: number;
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  computed: number;
  generated: number;
  /** Tokens in this step. */
  tokens: number;
}

export interface PlainStepsRun {
  readonly steps: number;
  readonly mean_ttft_s: number;
  readonly last_completion_s: number;
}

export function plainSteps(
  workload: GeneratedWorkload,
  seed: number,
  { max_num_seqs, max_num_batched_tokens, step_time }: ReplicaSpec,
  listen: (event: { readonly time_s: number; readonly id: number }) => void,
): PlainStepsRun {
  const source = generatedSource(workload, seed);
  const waiting: Running[] = [];
  let running: Running[] = [];
  let more = source.advance();
  let now = 0;
  let steps = 0;
  let ttft = 0;
  let completed = 0;
  let id = 0;
  for (;;) {
    if (running.length === 0 && waiting.length === 0) {
      if (!more) break;
      now = Math.max(now, source.arrival_s);
    }
    while (more && source.arrival_s <= now) {
      const { arrival_s, prompt_tokens, output_tokens } = source;
      listen({ time_s: arrival_s, id });
      waiting.push({
        id: id++,
        arrival_s,
        prompt_tokens,
        output_tokens,
        computed: 0,
        generated: 0,
        tokens: 0,
      });
      more = source.advance();
    }
    let budget = max_num_batched_tokens;
    let prefill = 0;
    let decoding = 0;
    let context = 0;
    let attention = 0;
    const schedule = (request: Running): void => {
      const uncomputed = request.prompt_tokens + request.generated - request.computed;
      const tokens = Math.min(uncomputed, budget);
      request.tokens = tokens;
      budget -= tokens;
      if (uncomputed === 1 && request.generated > 0) {
        decoding++;
        context += request.computed + 1;
      } else {
        prefill += tokens;
        attention += tokens * (request.computed + tokens / 2);
      }
    };
    for (let i = 0; i < running.length; i++) {
      const request = running[i];
      if (request !== undefined) schedule(request);
    }
    while (budget > 0 && running.length < max_num_seqs && waiting.length > 0) {
      const request = waiting.shift();
      if (request === undefined) break;
      listen({ time_s: now, id: request.id });
      running.push(request);
      schedule(request);
    }
    now +=
      step_time.base_s +
      step_time.prefill_token_s * prefill +
      step_time.decode_seq_s * decoding +
      step_time.decode_context_token_s * context +
      step_time.prefill_attention_s * attention;
    steps++;
    let left = 0;
    for (let i = 0; i < running.length; i++) {
      const request = running[i];
      if (request === undefined) continue;
      request.computed += request.tokens;
      if (request.computed < request.prompt_tokens + request.generated) continue;
      if (++request.generated === 1) {
        listen({ time_s: now, id: request.id });
        listen({ time_s: now, id: request.id });
        ttft += now - request.arrival_s;
      }
      if (request.generated === request.output_tokens) {
        listen({ time_s: now, id: request.id });
        left++;
      }
    }
    if (left > 0) {
      completed += left;
      running = running.filter(({ generated, output_tokens }) => generated < output_tokens);
    }
  }
  return { steps, mean_ttft_s: ttft / completed, last_completion_s: now };
}
