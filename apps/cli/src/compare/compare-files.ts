/** What the files of a comparison hold. Knows no extension. */
import { type ComparisonReport, findReading } from '@llmsim/analysis';
import type { MadeFrom } from '../drawing/made-from.ts';
import { configForFile } from '../scenario/config-for-file.ts';
import { configHash } from '../scenario/config-hash.ts';
import type { Compared } from './compared.ts';

/** Everything, each option with the configuration that runs it again. */
export function compareJson(report: ComparisonReport, compared: readonly Compared[], folder: string): object {
  return {
    level: report.level,
    finished: report.finished,
    seeds: report.seeds,
    options: report.options.map((result) => {
      const option = compared.find(({ option: name }) => name === result.name);
      if (option === undefined) return result;
      const { config, trace } = option;
      return {
        ...result,
        config_hash: configHash(config, trace),
        config: configForFile(option, folder),
      };
    }),
    failed: report.failed.map(({ option, seed, error }) => ({ option, seed, message: messageOf(error) })),
  };
}

/** The configuration of each option. */
export function compareMadeFrom(compared: readonly Compared[], folder: string): MadeFrom[] {
  return compared.map((option) => ({
    name: option.option,
    config_hash: configHash(option.config, option.trace),
    seed: option.config.random_seed,
    config: configForFile(option, folder),
  }));
}

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** A row for each option and reading. */
export function compareRows({
  options,
  level,
  seeds,
}: Pick<ComparisonReport, 'options' | 'level' | 'seeds'>): Row[] {
  return options.flatMap(({ name, mode, gpus, verdict, unserved_runs, unmeasured_runs, warm_up, readings }) =>
    readings.map(
      ({ key, values, interval, difference }): Row => ({
        option: name,
        mode,
        gpus,
        verdict: verdict.state,
        metric: key,
        unit: findReading(key)?.unit ?? '',
        runs: seeds.length,
        mean: interval?.mean ?? (values.length === 1 ? (values[0] ?? null) : null),
        low: interval?.low ?? null,
        high: interval?.high ?? null,
        level,
        difference: difference?.interval.mean ?? null,
        difference_low: difference?.interval.low ?? null,
        difference_high: difference?.interval.high ?? null,
        difference_seen: difference?.seen ?? null,
        warmup_seconds: warm_up.warmup_seconds,
        mser5_s: warm_up.mser5_s,
        unserved_runs,
        unmeasured_runs,
      }),
    ),
  );
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
