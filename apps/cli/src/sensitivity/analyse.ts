/** The methods of sensitivity analysis, each with what files and people see of it. Knows no options of the command. */
import {
  type Evaluate,
  type Factor,
  morris,
  morrisDocument,
  oneAtATime,
  oneAtATimeDocument,
  type ResultDocument,
  type SensitivityDocumentOptions,
  sobol,
  sobolDocument,
} from '@llmsim/analysis';
import type { SensitivityOptions } from './options.ts';

type Row = Readonly<Record<string, string | number | boolean | null>>;

interface Analysed {
  readonly document: ResultDocument;
  readonly result: object;
  readonly rows: readonly Row[];
  readonly failed: readonly { readonly error: unknown }[];
  readonly finished: boolean;
}

export interface Method {
  /** Seeds, walks or rows when nobody says. */
  readonly replications: number;
  readonly runs: (factors: number, replications: number) => number;
  readonly analyse: (of: Analysis) => Promise<Analysed>;
}

interface Analysis {
  readonly factors: readonly Factor[];
  readonly replications: number;
  readonly seed: number;
  readonly evaluate: Evaluate;
  readonly words: SensitivityDocumentOptions;
}

export const methods: Readonly<Record<SensitivityOptions['method'], Method>> = {
  'one-at-a-time': {
    replications: 5,
    runs: (factors, seeds) => (1 + 2 * factors) * seeds,
    async analyse({ factors, replications, seed, evaluate, words }) {
      const seeds = Array.from({ length: replications }, (_, index) => seed + index);
      const result = await oneAtATime(factors, seeds, evaluate);
      const rows = result.swings.map(({ key, low, base, high, low_effect, high_effect, elasticity }) => ({
        key,
        low,
        base,
        high,
        ...interval('low_effect', low_effect?.interval),
        ...interval('high_effect', high_effect?.interval),
        ...interval('elasticity', elasticity),
      }));
      return { document: oneAtATimeDocument(result, words), result, rows, ...ended(result) };
    },
  },
  morris: {
    replications: 20,
    runs: (factors, walks) => (1 + factors) * walks,
    async analyse({ factors, replications: trajectories, seed, evaluate, words }) {
      const result = await morris(factors, { trajectories, seed }, evaluate);
      const rows = result.effects.map(({ key, mu_star, mu, sigma }) => ({
        key,
        mu_star: mu_star.estimate,
        mu_star_low: mu_star.low,
        mu_star_high: mu_star.high,
        mu,
        sigma,
      }));
      return { document: morrisDocument(result, words), result, rows, ...ended(result) };
    },
  },
  sobol: {
    replications: 128,
    runs: (factors, rows) => (2 + factors) * rows,
    async analyse({ factors, replications, seed, evaluate, words }) {
      const result = await sobol(factors, { rows: replications, seed }, evaluate);
      const rows = result.indices.map(({ key, first, total }) => ({
        key,
        first: first.estimate,
        first_low: first.low,
        first_high: first.high,
        total: total.estimate,
        total_low: total.low,
        total_high: total.high,
      }));
      return { document: sobolDocument(result, words), result, rows, ...ended(result) };
    },
  },
};

function ended({
  failed,
  finished,
}: Pick<Analysed, 'failed' | 'finished'>): Pick<Analysed, 'failed' | 'finished'> {
  return { failed, finished };
}

function interval(
  name: string,
  of: { readonly mean: number; readonly low: number; readonly high: number } | null | undefined,
): Row {
  return { [name]: of?.mean ?? null, [`${name}_from`]: of?.low ?? null, [`${name}_to`]: of?.high ?? null };
}
