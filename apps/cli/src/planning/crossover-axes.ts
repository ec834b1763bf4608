/**
 * The axes of a crossover: those of `--vary`, or rate, prompt lengths and bandwidth about the scenario's own.
 * A position between two steps stands for values between theirs. Knows no clusters.
 */

import type { CrossoverAxis } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { exp, ln } from '@llmsim/engine';
import type { Assignment } from '../scenario/load.ts';
import { type Axis, parseAxes, type Variation } from '../vary/axes.ts';
import type { VaryValue } from '../vary/values.ts';
import type { PlannedScenario } from './planned-scenario.ts';

/** Multiples of what the scenario says. */
const LENGTHS = [0.5, 1, 2];
const BANDWIDTHS = [0.1, 1, 10];
/** Shares of the rate that the GPUs can serve at most. */
const LOADS = [0.4, 0.55, 0.7, 0.8, 0.9];

/** @throws UserError when a variation stands for nothing. */
export function axesOf(
  vary: readonly string[] | undefined,
  link: readonly string[] | undefined,
  scenario: PlannedScenario,
  capacity_rps: number,
): Axis[] {
  if (vary !== undefined) return parseAxes(vary, link);
  return usualAxes(scenario.config, capacity_rps);
}

function usualAxes(config: ScenarioConfig, capacity_rps: number): Axis[] {
  if (config.trace !== undefined) {
    const { time_scale = 1 } = config.trace;
    return [axisOf([['trace.time_scale', [2, 1.5, 1, 0.75, 0.5].map((factor) => factor * time_scale)]])];
  }
  const rates = LOADS.map((load) => tidy(load * capacity_rps));
  const { link } = config.cluster_disagg;
  const bandwidth = link?.bandwidth_bytes_per_s;
  return [
    axisOf([['arrival.rate_per_s', rates]]),
    axisOf(lengthKeys(config.prompt_tokens)),
    ...(bandwidth === undefined
      ? []
      : [
          axisOf([
            [
              'cluster_disagg.link.bandwidth_bytes_per_s',
              BANDWIDTHS.map((factor) => tidy(factor * bandwidth)),
            ],
          ]),
        ]),
  ];
}

/** Half as long, as long, twice as long: in whatever way the scenario says lengths. */
function lengthKeys(law: NonNullable<ScenarioConfig['prompt_tokens']>): Array<[string, number[]]> {
  const times = (value: number): number[] => LENGTHS.map((factor) => tidy(value * factor));
  switch (law.mode) {
    case 'log':
      return [['prompt_tokens.mean', LENGTHS.map((factor) => law.mean + ln(factor))]];
    case 'real_mean_std':
      return [
        ['prompt_tokens.mean', times(law.mean)],
        ['prompt_tokens.std', times(law.std)],
      ];
    case 'p50_p90':
      return [
        ['prompt_tokens.p50', times(law.p50)],
        ['prompt_tokens.p90', times(law.p90)],
      ];
    case 'uniform':
      return [
        ['prompt_tokens.min', times(law.min).map(Math.ceil)],
        ['prompt_tokens.max', times(law.max).map(Math.ceil)],
      ];
  }
}

function axisOf(keys: ReadonlyArray<readonly [path: string, values: readonly number[]]>): Axis {
  const [first, ...rest] = keys.map(
    ([path, values]): Variation => ({ flag: `${path} of the default axes`, path, values }),
  );
  if (first === undefined) throw new RangeError('an axis needs a key');
  return { variations: [first, ...rest], length: first.values.length };
}

function tidy(value: number): number {
  return Number(value.toPrecision(3));
}

/** Bandwidths have many zeros. */
function brief(value: number): string {
  return Math.abs(value) < 1e7 ? String(value) : value.toExponential().replace('+', '');
}

/** An axis for the analysis; it is known by its first key, the others follow. */
export function crossoverAxis({ variations, length }: Axis): CrossoverAxis {
  const [first] = variations;
  return {
    key: first.path,
    steps: first.values.map((value) => (typeof value === 'number' ? brief(tidy(value)) : String(value))),
    valueAt(position) {
      const value = between(first.values, position);
      return typeof value === 'number' ? value : null;
    },
    base: Math.floor((length - 1) / 2),
  };
}

/** What to change in the scenario at a position in every axis. */
export function assignmentsAt(axes: readonly Axis[], position: readonly number[]): Assignment[] {
  return axes.flatMap(({ variations }, axis) =>
    variations.map(({ path, flag, values }) => ({
      set: `${path}=${JSON.stringify(between(values, position[axis] ?? 0))}`,
      flag,
    })),
  );
}

/** Between two positive numbers by equal factors, between others evenly; words have nothing between. */
function between(values: readonly VaryValue[], position: number): VaryValue {
  const below = Math.floor(position);
  const [low, high] = [values[below], values[Math.min(below + 1, values.length - 1)]];
  if (low === undefined) throw new RangeError(`there is no value at ${position}`);
  const share = position - below;
  if (share === 0 || typeof low !== 'number' || typeof high !== 'number') return low;
  if (low > 0 && high > 0) return exp(ln(low) + share * (ln(high) - ln(low)));
  return low + share * (high - low);
}
