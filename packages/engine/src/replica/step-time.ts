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

/** What one step computes. */
export interface StepLoad {
  prefill_tokens: number;
  decode_seqs: number;
  /** Σ (computed + 1) over decoding requests. */
  context_tokens: number;
  /** Σ n·(computed + n/2) over prefilling requests. */
  attention: number;
}

/** base + prefill·P + seq·N + context·C + attention·A, seconds. */
export function stepSeconds(time: StepTime, load: StepLoad): number {
  return (
    time.base_s +
    time.prefill_token_s * load.prefill_tokens +
    time.decode_seq_s * load.decode_seqs +
    time.decode_context_token_s * load.context_tokens +
    time.prefill_attention_s * load.attention
  );
}

/**
 * Steps of one unchanging decode batch: each adds a token to every context, so step times are an arithmetic series.
 */
export interface StepSeries {
  /** The first step, seconds. */
  readonly first_s: number;
  /** What each step takes longer than the one before, seconds. */
  readonly increase_s: number;
}

/** Seconds of the first `steps` steps: n·first + increase·n(n − 1)/2. */
export function seriesSeconds({ first_s, increase_s }: StepSeries, steps: number): number {
  return steps * first_s + increase_s * ((steps * (steps - 1)) / 2);
}

/** The fewest steps, at least 1 and at most `most`, that take `seconds` or longer. */
export function stepsToReach(series: StepSeries, seconds: number, most: number): number {
  const { first_s, increase_s } = series;
  const b = first_s - increase_s / 2;
  // The positive root of (increase/2)·n² + b·n = seconds, in the form that does not cancel.
  const root = (2 * seconds) / (b + Math.sqrt(b * b + 2 * increase_s * seconds));
  let steps = Math.min(Math.max(Math.ceil(root), 1), most);
  while (steps < most && seriesSeconds(series, steps) < seconds) steps++;
  while (steps > 1 && seriesSeconds(series, steps - 1) >= seconds) steps--;
  return steps;
}
