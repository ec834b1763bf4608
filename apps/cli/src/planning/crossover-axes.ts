/**
 * The axes of a crossover: those of `--rate` and `--vary`, or rate, prompt lengths and bandwidth about the scenario's own.
 * A position between two steps stands for values between theirs. Knows no clusters.
 */

import type { CrossoverAxis } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { exp, ln } from '@llmsim/engine';
import { UserError } from '../exit-codes.ts';
import type { Assignment } from '../scenario/load.ts';
import { type Axis, parseAxes, type Variation } from '../vary/axes.ts';
import type { VaryValue } from '../vary/values.ts';
import type { PlannedScenario } from './planned-scenario.ts';
import { ratesOf } from './rates-option.ts';

/** Multiples of what the scenario says. */
const LENGTHS = [0.5, 1, 2];
const BANDWIDTHS = [0.1, 1, 10];
/** Shares of the rate that the GPUs can serve at most. */
const LOADS = [0.4, 0.55, 0.7, 0.8, 0.9];

/** Options that name points. */
export interface PointOptions {
  readonly vary?: readonly string[];
  readonly link?: readonly string[];
  readonly rate?: string;
}

/** An axis, and where its keys are not what it stands for, the key and the numbers that are. */
export interface ShownAxis extends Axis {
  readonly shown?: { readonly path: string; readonly values: readonly number[] };
}

/**
 * The axis of `--rate` before those of `--vary`; the usual ones without either.
 *
 * @throws UserError when an option stands for nothing, or two set the rate.
 */
export function axesOf(
  { vary, link, rate }: PointOptions,
  scenario: PlannedScenario,
  capacity_rps: number,
): ShownAxis[] {
  const { config } = scenario;
  const own = rate === undefined ? null : rateAxis(rate, scenario);
  const axes = parseAxes(vary ?? [], link);
  if (own === null) return vary === undefined ? usualAxes(config, capacity_rps) : axes;
  const [{ path }] = own.variations;
  const twice = axes.flatMap(({ variations }) => variations).find((variation) => variation.path === path);
  if (twice !== undefined) throw new UserError(`${twice.flag}: --rate varies it already. Write one of them.`);
  return [own, ...axes];
}

/** Of a trace by its time scale. */
function rateAxis(spec: string, { config, rate_per_s }: PlannedScenario): ShownAxis {
  const rates = ratesOf(spec);
  const flag = `--rate ${spec}`;
  if (config.trace === undefined) return axisOf([['arrival.rate_per_s', rates]], flag);
  const { time_scale = 1 } = config.trace;
  const scales = rates.map((rate) => (time_scale * rate_per_s) / rate);
  return { ...axisOf([['trace.time_scale', scales]], flag), shown: { path: 'rate_per_s', values: rates } };
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

function axisOf(
  keys: ReadonlyArray<readonly [path: string, values: readonly number[]]>,
  named?: string,
): Axis {
  const [first, ...rest] = keys.map(
    ([path, values]): Variation => ({ flag: named ?? `${path} of the default axes`, path, values }),
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
export function crossoverAxis({ variations, length, shown }: ShownAxis): CrossoverAxis {
  const first = shown ?? variations[0];
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
