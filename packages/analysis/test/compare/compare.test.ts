import { exponential, lognormal, monolithic, type SimulationPlan, simulate, tokens } from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { compare, comparison, headlineReadings, inProcess, pairedDifference } from '../../src/index.ts';

interface Cell {
  readonly gpus: number;
  readonly seed: number;
}

const planOf = ({ gpus, seed }: Cell): SimulationPlan => ({
  seed,
  sim_seconds: 200,
  warmup_seconds: 20,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(6),
    prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
    output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  },
  architecture: monolithic({ num_gpus: gpus, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 }),
});
const option = (gpus: number) => ({ name: `${gpus} GPUs`, cellOf: (seed: number): Cell => ({ gpus, seed }) });
const runner = inProcess(planOf);
const seeds = [1, 2, 3, 4, 5];

describe('compare', () => {
  const found = compare({ runner, options: [4, 5, 4].map(option), seeds, readings: headlineReadings });
  const read = (gpus: number): number[] =>
    seeds.map((seed) => simulate(planOf({ gpus, seed })).report.ttft_s.mean ?? Number.NaN);

  test('pairs options by seed and holds them against the first', async () => {
    const report = await found;
    expect(report).toMatchObject({ seeds, failed: [], finished: true, level: 0.95 });
    expect(report.options.map(({ name, gpus, mode }) => [name, gpus, mode])).toEqual([
      ['4 GPUs', 4, 'mono'],
      ['5 GPUs', 5, 'mono'],
      ['4 GPUs', 4, 'mono'],
    ]);
    const ttft = report.options.map(({ readings }) => readings.find(({ key }) => key === 'ttft_s.mean'));
    expect(ttft[0]?.values).toEqual(read(4));
    expect(ttft[0]?.difference).toBeNull();
    expect(ttft[1]?.difference).toEqual(pairedDifference(read(4), read(5)));
    expect(ttft[1]?.difference?.seen).toBe(true);
  });

  test('sees no difference between equals', async () => {
    const [, , same] = (await found).options;
    for (const { key, interval, difference } of same?.readings ?? []) {
      if (interval !== null) expect(difference, key).toMatchObject({ seen: false, interval: { mean: 0 } });
    }
  });

  test('has no interval for what the runs do not have', async () => {
    const goodput = (await found).options[0]?.readings.find(({ key }) => key === 'goodput_rps');
    expect(goodput).toMatchObject({ values: seeds.map(() => null), interval: null });
  });

  test('counts the seeds that all options have, and leaves out an option that never ran', async () => {
    const broken = inProcess((cell: Cell) => {
      if (cell.gpus === 9 || (cell.gpus === 5 && cell.seed === 2)) throw new Error('it broke');
      return planOf(cell);
    });
    const report = await compare({
      runner: broken,
      options: [4, 5, 9].map(option),
      seeds: [1, 2, 3],
      readings: headlineReadings,
    });
    expect(report.seeds).toEqual([1, 3]);
    expect(report.options.map(({ name }) => name)).toEqual(['4 GPUs', '5 GPUs']);
    expect(report.failed.map(({ option, seed }) => [option, seed])).toEqual([
      ['9 GPUs', 1],
      ['5 GPUs', 2],
      ['9 GPUs', 2],
      ['9 GPUs', 3],
    ]);
  });

  test('keeps whole pairs when it is aborted', async () => {
    const controller = new AbortController();
    const report = await compare({
      runner,
      options: [4, 5].map(option),
      seeds,
      readings: headlineReadings,
      signal: controller.signal,
      onRun: (done) => void (done === 5 && controller.abort()),
    });
    expect(report.finished).toBe(false);
    expect(report.seeds).toEqual([1, 2]);
  });

  test('has nothing to show when nothing ran', async () => {
    const signal = AbortSignal.abort();
    const report = await compare({ runner, options: [option(4)], seeds, readings: [], signal });
    expect(report).toMatchObject({ options: [], seeds: [], finished: false });
  });
});

test('options with different numbers of runs are no comparison', () => {
  const { report } = simulate(planOf({ gpus: 4, seed: 1 }));
  expect(() =>
    comparison(
      [
        { name: 'a', reports: [report, report] },
        { name: 'b', reports: [report] },
      ],
      [],
    ),
  ).toThrow(new RangeError('options must have equally many reports, got 1 for b'));
});
