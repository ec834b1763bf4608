/**
 * How TTFT changes with load, as a question for `sweep`: shares of what the busiest pool can serve, both architectures.
 * Knows no worker and no page.
 */
import { findReading, type NamedReading, type SweepQuestion } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import type { Cell } from '../../sim/protocol.ts';
import { theoryAt } from './load-theory.ts';

/** Steps from little load to more than can be served. */
const STEPS = 12;
const METRICS = ['ttft_s.p99', 'ttft_s.mean', 'ttft_s.p50', 'goodput_rps', 'throughput_rps'];
const MODES = ['mono', 'disagg'] as const;

export interface LoadOptions {
  readonly config: ScenarioConfig;
  /** The rate that the page's slider ends at: beyond what can be served. */
  readonly most_rps: number;
  readonly replications: number;
}

/** Null for a scenario whose rate is not a number of it: a trace, or clients that wait. */
export function loadQuestion(
  base: Omit<Cell, 'set'>,
  { config, most_rps, replications }: LoadOptions,
): SweepQuestion<Cell> | null {
  if (config.arrival === undefined || !('rate_per_s' in config.arrival)) return null;
  const rates = Array.from({ length: STEPS }, (_, step) =>
    Number((((step + 1) / STEPS) * most_rps).toPrecision(3)),
  );
  const judged = config.slo !== undefined;
  return {
    axes: [
      { key: 'mode', label: 'mode', unit: 'requests', values: MODES, texts: MODES },
      {
        key: 'arrival.rate_per_s',
        label: 'arrival rate',
        unit: 'req/s',
        values: rates,
        texts: rates.map(String),
      },
    ],
    x: 1,
    x_is_load: true,
    metrics: METRICS.filter((key) => key !== (judged ? 'throughput_rps' : 'goodput_rps')).flatMap(readingOf),
    seeds: Array.from({ length: replications }, (_, run) => config.random_seed + run),
    early_stop: true,
    theoryOf: ([mode = 0, rate = 0], { key }) => {
      if (key !== 'ttft_s.mean') return null;
      const theory = theoryAt(config, MODES[mode] ?? MODES[0], rates[rate] ?? 0);
      return theory.applies ? theory.mean_ttft_s : null;
    },
    cellOf: ([mode = 0, rate = 0], seed) => ({
      ...base,
      set: [
        `mode=${MODES[mode] ?? MODES[0]}`,
        `arrival.rate_per_s=${rates[rate] ?? 0}`,
        `random_seed=${seed}`,
      ],
      pilot_seed: config.random_seed,
    }),
  };
}

function readingOf(key: string): NamedReading[] {
  const found = findReading(key);
  return found === undefined ? [] : [found];
}
