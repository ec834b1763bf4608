/** The columns that the commands beside `run` write, with what each means. */
import { explained, type Meaning } from './explain.ts';
import { realColumns } from './real-outputs.ts';

/** A scenario that is over soon. */
const SMALL = ['--set', 'sim_seconds=90', '--set', 'cluster_mono.num_gpus=2'];

export function compareColumns(): string {
  return explained('column', realColumns('compare', 'example', ...SMALL, '--replications', '2'), [
    ['option', 'What was run, as the tables name it; `run --replications` has one.'],
    ['mode', 'The architecture: `mono` or `disagg`.'],
    ['gpus', 'GPUs of all pools.'],
    [
      'verdict',
      '`overloaded` where half of the runs or more are, `stable` where more than half are, else `backlogged`.',
    ],
    ['metric', 'The key of a number of the report, such as `ttft_s.p99`: one row for each.'],
    ['unit', 'Of the number: `s`, `share` (from 0 to 1), `req/s`, `tokens/s` or `requests`.'],
    ['runs', 'Seeds that count.'],
    ['mean', 'The mean over the runs.'],
    ['low', 'Where its interval begins, as computed: that of a share may lie below 0.'],
    ['high', 'Where its interval ends; that of a share may lie above 1.'],
    ['level', 'How often such an interval holds the true mean.'],
    ['difference', 'The mean of the differences from the first option, seed by seed; empty for the first.'],
    ['difference_low', 'Where the interval of the difference begins.'],
    ['difference_high', 'Where the interval of the difference ends.'],
    ['difference_seen', 'Whether that interval leaves out zero.'],
    ['warmup_seconds', 'The time that was left out at the start of a run, seconds.'],
    ['mser5_s', 'The time that the rule MSER-5 would leave out, seconds.'],
    ...EMPTY_RUNS,
    ...MADE_FROM,
  ]);
}

export function sweepColumns(): string {
  const columns = realColumns(
    ...['sweep', 'example', ...SMALL, '--replications', '2', '--vary', 'arrival.rate_per_s=1,2'],
  );
  return explained('column', columns, [
    ['arrival.rate_per_s', 'The keys that `--vary` names have a column each, with their values.'],
    [
      'state',
      '`done`; `partial` lacks runs, `failed` had an error, `skipped` lies beyond an overloaded point.',
    ],
    ['runs', 'Runs that the numbers stand on.'],
    ['overloaded_runs', 'How many of them ended overloaded.'],
    ['rejected_share', 'The share of their requests that were rejected.'],
    ['{sweep_metric}', 'The mean over the runs of each number that `--metric` names.'],
    ['{sweep_metric}.low', 'Where its 95 % interval begins.'],
    ['{sweep_metric}.high', 'Where its 95 % interval ends.'],
    ...EMPTY_RUNS,
    ...MADE_FROM,
  ]);
}

export function sensitivityColumns(): string {
  const of = (method: string, replications: string): string[] =>
    realColumns(
      ...['sensitivity', 'example', ...SMALL, '--vary', 'arrival.rate_per_s=1..2'],
      ...['--method', method, '--replications', replications],
    );
  const columns = [...of('one-at-a-time', '2'), ...of('morris', '2'), ...of('sobol', '2')];
  return explained('column', new Set(columns), [
    ['metric', 'The key of the number that is looked at.'],
    ['unit', 'Of that number.'],
    ['key', 'The key of the configuration that moves: one row for each.'],
    ['low', '_One at a time_: the low end of its range.'],
    ['base', 'Its value in the scenario.'],
    ['high', 'The high end of its range.'],
    ['{end}_effect', 'By how much the number changes there, the mean over the seeds.'],
    ['{end}_effect_from', 'Where the 95 % interval of that begins.'],
    ['{end}_effect_to', 'Where it ends.'],
    ['elasticity', 'By how many percent the number changes when the key changes by one.'],
    ['elasticity_from', 'Where its 95 % interval begins.'],
    ['elasticity_to', 'Where it ends.'],
    ['mu_star', '_Morris_: the mean size of the effects of a key through its range.'],
    ['mu_star_low', 'Where its 95 % interval begins, by bootstrap.'],
    ['mu_star_high', 'Where it ends.'],
    ['mu', 'The mean effect with its sign.'],
    ['sigma', 'The spread of the effects: large where a key interacts with others or acts unevenly.'],
    ['first', '_Sobol_: the share of the variance that the key explains alone.'],
    ['first_low', 'Where its 95 % interval begins, by bootstrap.'],
    ['first_high', 'Where it ends.'],
    ['total', 'The share with all its interactions.'],
    ['total_low', 'Where its 95 % interval begins.'],
    ['total_high', 'Where it ends.'],
    ...MADE_FROM,
  ]);
}

export function planColumns(): string {
  const of = (scenario: string, ...args: readonly string[]): string[] =>
    realColumns('plan', scenario, '--max-gpus', '3', '--attain', '0.5', '--max-runs', '3', ...args);
  const columns = [
    ...of('example', '--rate', '1', ...SMALL),
    ...of('steps-disagg', '--rate', '1', '--set', 'sim_seconds=90'),
  ];
  return explained('column', new Set(columns), [
    ['candidate', 'A cluster within `--max-gpus`: one row for each, simulated or not.'],
    ['kind', 'Architecture, and hardware where there is a choice.'],
    ['mode', '`mono` or `disagg`.'],
    ['servers_{pool}', 'GPUs or replicas of the pool.'],
    ['gpus', 'GPUs of the cluster.'],
    ['price_per_hour', 'What they cost, with `--price`.'],
    [
      'known',
      'How its fate is known: `runs`, `offered_load` (a pool gets more than it can serve), `implied` by another one, or `unloaded` (its kind fails even at no load). Empty: nobody asked.',
    ],
    ['passes', 'Whether it passes.'],
    ['reason', 'Why not: `ttft`, `tpot`, `overloaded`, `kv_capacity` or `does_not_fit`.'],
    ['offered_load', 'The load of its busiest pool as a share of what that can serve.'],
    ['follows_from', 'The candidate that implies it.'],
    ['decided', 'False where the runs do not tell: it then does not pass.'],
    ['error', 'The chance that the decision is wrong, as far as it can be told.'],
    ...EVIDENCE,
    ['attainment_low', 'Where the interval of the attainment begins.'],
    ['attainment_high', 'Where it ends.'],
    ['utilization_{pool}', 'The share of the GPU time of the pool that was spent on requests.'],
    ['mean_queue_length_{pool}', 'Requests that waited there, averaged over time.'],
    ['mean_kv_use_{pool}', 'The share of its KV blocks in use; empty where they are unlimited.'],
    ['preemptions_{pool}', 'Preemptions there in a run.'],
    ...MADE_FROM,
  ]);
}

export function splitColumns(): string {
  const columns = realColumns(
    ...['split', 'example', ...SMALL, '--gpus', '2', '--rate', '1,2', '--runs', '2'],
  );
  return explained('column', columns, [
    ['candidate', 'A split: one row for each and each rate.'],
    ['servers_{pool}', 'GPUs or replicas of the pool.'],
    ['rate_per_s', 'The rate, requests per second.'],
    ['metric', 'The key of the number that splits are compared by.'],
    ['mean', 'Its mean over the runs.'],
    ['low', 'Where its 95 % interval begins.'],
    ['high', 'Where it ends.'],
    ['best', 'Whether this is the best split at the rate.'],
    ['alike', 'Whether no difference to the best was seen.'],
    ['reason', 'By what it fails, as in a plan; empty where it does not.'],
    ['busiest', 'The pool that is utilised most.'],
    ...EVIDENCE,
    ['utilization_{pool}', 'The share of the GPU time of the pool that was spent on requests.'],
    [
      'passes',
      'Whether it meets the SLOs; empty without SLOs, and where a run had no request to judge, as are then the attainments.',
    ],
    ...MADE_FROM,
  ]);
}

export function crossoverColumns(): string {
  const columns = realColumns(
    ...['crossover', 'example', ...SMALL, '--gpus', '2', '--runs', '2', '--vary', 'arrival.rate_per_s=1,2'],
  );
  return explained('column', columns, [
    ['arrival.rate_per_s', 'The keys of the axes have a column each, with their values.'],
    ['metric', 'The key of the number that both are compared by.'],
    ['split', 'The best split there, prefill + decode.'],
    ['mono', 'The mean of the monolithic cluster over the runs.'],
    ['disagg', 'The mean of the disaggregated one.'],
    ['difference', 'The mean of the differences disagg less mono, seed by seed.'],
    ['low', 'Where its 95 % interval begins.'],
    ['high', 'Where it ends.'],
    ['winner', 'Who is better; empty where no difference was seen.'],
    ['overloaded', 'Whether either was overloaded in half of its runs or more.'],
    ...MADE_FROM,
  ]);
}

/** Runs that say nothing of the latencies. */
const EMPTY_RUNS: readonly Meaning[] = [
  ['unserved_runs', 'In how many runs no request completed.'],
  ['unmeasured_runs', 'In how many runs requests completed, yet no token fell in the measurement window.'],
];

/** What the runs of a cluster say: means over them. */
const EVIDENCE: readonly Meaning[] = [
  ['runs', 'Simulations that its numbers stand on, means over them.'],
  ['attainment', 'The share of the requests that met every SLO they have.'],
  ['ttft_attainment', 'The same for the TTFT target alone.'],
  ['tpot_attainment', 'The same for the TPOT target alone.'],
  ['ttft_p99_s', 'p99 TTFT, seconds.'],
  ['tpot_p99_s', 'p99 TPOT, seconds.'],
  ['ttft_min_s', 'TTFT of the fastest request of all runs, seconds.'],
  ['tpot_min_s', 'The same for TPOT.'],
  ['goodput_rps', 'Requests that met every SLO they have, per second.'],
  ['rejected', 'The share of the requests that were rejected.'],
  ['unfinished', 'The share that had not finished when a run ended.'],
  ['overloaded', 'The share of the runs that ended overloaded.'],
];

const MADE_FROM: readonly Meaning[] = [
  ['seed', 'The first seed.'],
  ['version', 'Of llmsim.'],
  ['config_hash', 'SHA-256 of the configuration and of the requests of its trace.'],
];
