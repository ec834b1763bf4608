/** Sweeps with a name: which keys they vary for a scenario, and what they look at. Runs nothing. */
import { poolLoads, type ScenarioConfig } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import { offeredLoad } from '../scenario/offered-load.ts';

export interface Preset {
  /** As one would write them after `--vary`. */
  readonly vary: readonly string[];
  /** As one would write them after `--metric`. */
  readonly metrics: readonly string[];
}

/** Rates of a sweep, up to this share of what the busiest pool can serve. */
const RATES = 12;
const BEYOND = 1.15;
/** Prefill speeds, as factors of the scenario's. */
const SPEEDS = [0.5, 1, 2];

/** @throws UserError for a scenario that the preset means nothing to. */
export function presetOf(name: string, config: ScenarioConfig): Preset {
  if (config.trace !== undefined || config.arrival.process === 'closed_loop') {
    throw new UserError(
      `--preset ${name} varies the rate of arrivals, and this scenario draws none. Write --vary.`,
    );
  }
  if (name === 'arrival-rate') {
    return {
      vary: ['mode=mono,disagg', rates(config, ['mono', 'disagg'])],
      metrics: ['ttft_s.p99', 'ttft_s.p50', 'ttft_s.mean'],
    };
  }
  const key = `cluster_${config.mode}` as const;
  const cluster = config[key];
  if (cluster.model === 'steps') {
    throw new UserError(
      `--preset ${name} varies prefill_tokens_per_s, which ${key} has with model: token_rate only.`,
    );
  }
  const speeds = SPEEDS.map((factor) => factor * cluster.prefill_tokens_per_s);
  return {
    vary: [`${key}.prefill_tokens_per_s=${speeds.join(',')}`, rates(config, [config.mode])],
    metrics: ['ttft_s.p50'],
  };
}

/** Even steps up to a little beyond what the stronger cluster can serve, by mean lengths. */
function rates(config: ScenarioConfig, modes: ReadonlyArray<ScenarioConfig['mode']>): string {
  const { prompt_tokens, output_tokens } = offeredLoad(config, null);
  const lengths = { prompt_tokens: prompt_tokens.real.mean, output_tokens: output_tokens.real.mean };
  const capacities = modes.map((mode) =>
    Math.min(...poolLoads({ ...config, mode }, 1, lengths).map(({ capacity_rps }) => capacity_rps)),
  );
  const step = Number(((BEYOND * Math.max(...capacities)) / RATES).toPrecision(2));
  return `arrival.rate_per_s=${step}..${Number((RATES * step).toPrecision(6))}:${step}`;
}
