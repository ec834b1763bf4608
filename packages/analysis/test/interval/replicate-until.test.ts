import { constant, exponential, lognormal, monolithic, type SimulationPlan, tokens } from '@llmsim/engine';
import { expect, test } from 'vitest';
import {
  inProcess,
  type Precision,
  type Runner,
  replicateUntil,
  replications,
  runsUntilPrecise,
} from '../../src/index.ts';

const plan: SimulationPlan = {
  sim_seconds: 100,
  warmup_seconds: 10,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(4),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    output_tokens: constant(500),
  },
  architecture: monolithic({ num_gpus: 2, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }),
};
const precision: Precision = { half_width: 0.15, relative: true, min_runs: 3, max_runs: 60, level: 0.95 };
const read = ({ ttft_s }: { ttft_s: { mean: number | null } }): number | null => ttft_s.mean;
const here = inProcess((seed: number) => ({ ...plan, seed }));
const cellOf = (index: number): number => 10 + index;

/** Several at once, and the later ones first. */
const hasty: Runner<number> = {
  concurrency: 4,
  async run(seed, signal) {
    const report = await here.run(seed, signal);
    await new Promise((resolve) => setTimeout(resolve, 8 - 2 * (seed % 4)));
    return report;
  },
};

test('stops where the values in the order of the seeds say, however many run at once', async () => {
  const one = await replicateUntil({ runner: here, cellOf, read, precision });
  const four = await replicateUntil({ runner: hasty, cellOf, read, precision });
  expect(four).toEqual(one);
  expect(one).toMatchObject({ reached: true, finished: true });
  const seeds = Array.from({ length: 60 }, (_, i) => 10 + i);
  const values = replications(plan, seeds).map((report) => report.ttft_s.mean ?? Number.NaN);
  expect(one.reports.length).toBe(runsUntilPrecise(values, precision));
  expect(one.reports.map(({ seed }) => seed)).toEqual(seeds.slice(0, one.reports.length));
});

test('ends after the most runs', async () => {
  const most = { ...precision, half_width: 1e-9, max_runs: 5 };
  const { reports, reached, finished } = await replicateUntil({
    runner: here,
    cellOf,
    read,
    precision: most,
  });
  expect([reports.length, reached, finished]).toEqual([5, false, true]);
});

test('keeps what was finished when it is aborted', async () => {
  const controller = new AbortController();
  const { reports, reached, finished } = await replicateUntil({
    runner: here,
    cellOf,
    read,
    precision: { ...precision, half_width: 1e-9 },
    signal: controller.signal,
    onRun: (count) => void (count === 4 && controller.abort()),
  });
  expect([reports.length, reached, finished]).toEqual([4, false, false]);
});

test('is never precise about what runs do not have, and passes on what they throw', async () => {
  const most = { ...precision, max_runs: 4 };
  expect(await replicateUntil({ runner: here, cellOf, read: () => null, precision: most })).toMatchObject({
    reached: false,
  });
  const runner = inProcess((): SimulationPlan => {
    throw new Error('no such plan');
  });
  await expect(replicateUntil({ runner, cellOf, read, precision })).rejects.toThrow('no such plan');
  await expect(
    replicateUntil({ runner: here, cellOf, read, precision: { ...precision, min_runs: 1 } }),
  ).rejects.toThrow(new RangeError('min_runs must be a whole number of at least 2, got 1'));
});
