/** How many times to run: a number, or until an interval is narrow enough. Knows no runs. */
import type { NamedReading, Precision } from '@llmsim/analysis';
import { metric } from '../compare/metrics.ts';
import { UserError } from '../exit-codes.ts';
import type { RunOptions } from './run-options.ts';

export interface HowOften {
  readonly reading: NamedReading;
  /** Null: a fixed number of runs, `precision.max_runs`. */
  readonly stops: boolean;
  readonly precision: Precision;
}

/** Runs where only `--theory` is asked for. */
const DEFAULT_RUNS = 10;
/** With fewer before the first look, intervals that stop at a precision hold the truth less often than in 93 % of all cases. */
const LEAST_RUNS = 10;
const MOST_RUNS = 100;

/** Null: one run, as always. @throws UserError for options that do not go together. */
export function howOften(options: RunOptions): HowOften | null {
  const { replications, untilHalfWidth, theory, metric: key = 'ttft_s.p99' } = options;
  if (replications === undefined && untilHalfWidth === undefined && !theory) {
    if (options.metric !== undefined) throw new UserError('--metric goes with --until-half-width');
    return null;
  }
  refuse(options);
  const reading = metric(key);
  if (untilHalfWidth === undefined) {
    const runs = replications ?? DEFAULT_RUNS;
    const fixed = {
      half_width: Number.MIN_VALUE,
      relative: false,
      min_runs: runs,
      max_runs: runs,
      level: 0.95,
    };
    return { reading, stops: false, precision: fixed };
  }
  const max_runs = replications ?? MOST_RUNS;
  return {
    reading,
    stops: true,
    precision: {
      ...halfWidth(untilHalfWidth),
      min_runs: Math.min(LEAST_RUNS, max_runs),
      max_runs,
      level: 0.95,
    },
  };
}

/** `5%` of the mean, or a number in the unit of the reading. */
function halfWidth(text: string): Pick<Precision, 'half_width' | 'relative'> {
  const [, digits = '', percent] = /^\s*([\d.eE+-]+)\s*(%)?\s*$/.exec(text) ?? [];
  const number = digits === '' ? Number.NaN : Number(digits);
  if (!(number > 0 && number < Number.POSITIVE_INFINITY)) {
    throw new UserError(
      `--until-half-width ${text}: it takes a share of the mean such as 5%, or a number in the unit of --metric such as 0.01`,
    );
  }
  return percent === undefined
    ? { half_width: number, relative: false }
    : { half_width: number / 100, relative: true };
}

/** @throws UserError for outputs of one run. */
function refuse({ requests, dumpTtft, output = [] }: RunOptions): void {
  const single = [
    ...(requests === undefined ? [] : ['--requests']),
    ...(dumpTtft === undefined ? [] : ['--dump-ttft']),
    ...output.filter((path) => /\.(trace|vllm)\.json$|\.ndjson$/i.test(path)).map((path) => `-o ${path}`),
  ];
  const [first] = single;
  if (first !== undefined) {
    throw new UserError(
      `${first} is about one run: leave out --replications, --until-half-width and --theory`,
    );
  }
}
