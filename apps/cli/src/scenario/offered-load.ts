/**
 * What a run was asked to serve: the rate and the lengths of its requests, drawn or replayed. Knows no results.
 */
import { type DistributionEcho, echoOf, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';

export interface OfferedLoad {
  /** Of a trace: requests after the first per second between first and last; null for fewer than two and where clients wait. */
  readonly rate_per_s: number | null;
  /** As in vLLM: 1 is a Poisson process; null for a trace, for constant gaps and where clients wait. */
  readonly burstiness: number | null;
  readonly prompt_tokens: LengthEcho;
  readonly output_tokens: LengthEcho;
}

/** A length in log space and in tokens; what is not lognormal has only its mean and standard deviation. */
export interface LengthEcho {
  readonly log: DistributionEcho['log'] | null;
  readonly real: DistributionEcho['real'];
}

export function offeredLoad(config: ScenarioConfig, trace: ReplayWorkload | null): OfferedLoad {
  if (config.trace !== undefined) return replayed(trace ?? EMPTY);
  const lengths = {
    prompt_tokens: echoOf(config.prompt_tokens),
    output_tokens: echoOf(config.output_tokens),
  };
  const { arrival } = config;
  if (arrival.process === 'closed_loop') return { rate_per_s: null, burstiness: null, ...lengths };
  const { rate_per_s, process, burstiness = 1 } = arrival;
  const shapes = { poisson: 1, gamma: burstiness, constant: null };
  return { rate_per_s, burstiness: shapes[process], ...lengths };
}

const EMPTY: ReplayWorkload = { kind: 'replay', arrival_s: [], prompt_tokens: [], output_tokens: [] };

function replayed({ arrival_s, prompt_tokens, output_tokens }: ReplayWorkload): OfferedLoad {
  const last = arrival_s.length - 1;
  const span_s = (arrival_s[last] ?? 0) - (arrival_s[0] ?? 0);
  return {
    rate_per_s: span_s > 0 ? last / span_s : null,
    burstiness: null,
    prompt_tokens: { log: null, real: meanAndStd(prompt_tokens) },
    output_tokens: { log: null, real: meanAndStd(output_tokens) },
  };
}

function meanAndStd(column: ArrayLike<number>): DistributionEcho['real'] {
  const values = Array.from(column);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return { mean, std: Math.sqrt(variance) };
}
