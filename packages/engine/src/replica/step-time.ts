/**
 * How long an engine step takes, and any number of equal-batch decode steps in closed form.
 * Knows no requests and no memory.
 */

/** Coefficients of the step time, seconds. */
export interface StepTime {
  /** Every step. */
  readonly base_s: number;
  /** Each prompt token computed. */
  readonly prefill_token_s: number;
  /** Each decoding request. */
  readonly decode_seq_s: number;
  /** Each token of context of each decoding request. */
  readonly decode_context_token_s: number;
  /** Each n·(computed + n/2) of a prefilling request: the attention of its n new tokens. */
  readonly prefill_attention_s: number;
}

/** What one step computes, gathered as it is scheduled. */
export class StepLoad {
  prefill_tokens = 0;
  decode_seqs = 0;
  /** Σ (computed + 1) over decoding requests. */
  context_tokens = 0;
  /** Σ n·(computed + n/2) over prefilling requests. */
  attention: number = Number.NaN;

  constructor() {
    // NaN before, so that it is a fraction from the start: see Decisions in ARCHITECTURE.md.
    this.attention = 0;
  }

  /** A new step, for now of a decode set alone. */
  start(decode_seqs: number, context_tokens: number): void {
    this.prefill_tokens = 0;
    this.decode_seqs = decode_seqs;
    this.context_tokens = context_tokens;
    this.attention = 0;
  }

  addDecode(computed: number): void {
    this.decode_seqs++;
    this.context_tokens += computed + 1;
  }

  addPrefill(tokens: number, computed: number): void {
    this.prefill_tokens += tokens;
    this.attention += tokens * (computed + tokens / 2);
  }

  /** base + prefill·P + seq·N + context·C + attention·A, seconds. */
  seconds(time: StepTime): number {
    return (
      time.base_s +
      time.prefill_token_s * this.prefill_tokens +
      time.decode_seq_s * this.decode_seqs +
      time.decode_context_token_s * this.context_tokens +
      time.prefill_attention_s * this.attention
    );
  }
}

/**
 * Seconds of `steps` steps of one unchanging decode batch. Each adds a token to every context, so each takes
 * `increase_s` longer than the one before: n·first + increase·n(n − 1)/2.
 */
export function seriesSeconds(first_s: number, increase_s: number, steps: number): number {
  return steps * first_s + increase_s * ((steps * (steps - 1)) / 2);
}

/** The fewest such steps, at least 1 and at most `most`, that take `seconds` or longer. */
export function stepsToReach(first_s: number, increase_s: number, seconds: number, most: number): number {
  if (!(seconds > 0)) return 1;
  const b = first_s - increase_s / 2;
  // The positive root of (increase/2)·n² + b·n = seconds, in the form that does not cancel.
  const root = (2 * seconds) / (b + Math.sqrt(b * b + 2 * increase_s * seconds));
  let steps = Math.min(Math.max(Math.ceil(root), 1), most);
  while (steps < most && seriesSeconds(first_s, increase_s, steps) < seconds) steps++;
  while (steps > 1 && seriesSeconds(first_s, increase_s, steps - 1) >= seconds) steps--;
  return steps;
}
