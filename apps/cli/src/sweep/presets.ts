/** Sweeps with a name: which keys they vary for a scenario, and what they look at. Runs nothing. */
import { poolLoads, type ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
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

/**
 * A preset for a scenario, with both clusters, and what it replays.
 *
 * @throws UserError for a scenario that the preset means nothing to.
 */
export function presetOf(name: string, config: ScenarioConfig, trace: ReplayWorkload | null): Preset {
  if (name === 'arrival-rate') {
    return {
      vary: ['mode=mono,disagg', loads(name, config, trace, ['mono', 'disagg'])],
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
    vary: [`${key}.prefill_tokens_per_s=${speeds.join(',')}`, loads(name, config, trace, [config.mode])],
    metrics: ['ttft_s.p50'],
  };
}

/** Even steps up to a little beyond what the stronger cluster can serve, by mean lengths; of a trace by its time scale. */
function loads(
  name: string,
  config: ScenarioConfig,
  trace: ReplayWorkload | null,
  modes: ReadonlyArray<ScenarioConfig['mode']>,
): string {
  const { rate_per_s, prompt_tokens, output_tokens } = offeredLoad(config, trace);
  if (rate_per_s === null) {
    const why = trace === null ? 'clients that wait for their answers have none' : 'this trace has none';
    throw new UserError(`--preset ${name} varies the rate of arrivals, and ${why}. Write --vary.`);
  }
  const lengths = { prompt_tokens: prompt_tokens.real.mean, output_tokens: output_tokens.real.mean };
  const capacities = modes.map((mode) =>
    Math.min(...poolLoads({ ...config, mode }, 1, lengths).map(({ capacity_rps }) => capacity_rps)),
  );
  const step = Number(((BEYOND * Math.max(...capacities)) / RATES).toPrecision(2));
  if (trace === null) return `arrival.rate_per_s=${step}..${rounded(RATES * step)}:${step}`;
  const scale = (config.trace?.time_scale ?? 1) * rate_per_s;
  const scales = Array.from({ length: RATES }, (_, index) => rounded(scale / ((index + 1) * step)));
  return `trace.time_scale=${scales.join(',')}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(6));
}
