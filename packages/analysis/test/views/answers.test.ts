/** Documents say what the numbers say: comparisons, replicated runs, sensitivities. */
import {
  batchedMonolithic,
  constant,
  exponential,
  lognormal,
  monolithic,
  type SimulationPlan,
  tokens,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import {
  compare,
  compareDocument,
  findReading,
  formatPercent,
  headlineReadings,
  inProcess,
  morris,
  morrisDocument,
  oneAtATime,
  oneAtATimeDocument,
  type ResultDocument,
  replications,
  runsDocument,
  sobol,
  sobolDocument,
  tokenRateTheory,
  ttftPartReadings,
} from '../../src/index.ts';
import { by, factor } from '../sensitivity/known-functions.ts';
import { expectOwnIds } from './parts.ts';

interface Cell {
  readonly gpus: number;
  readonly seed: number;
}
const workload = {
  kind: 'generated',
  interarrival_s: exponential(6),
  prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  output_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
} as const;
const clusterOf = (num_gpus: number) => ({ num_gpus, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000 });
const planOf = ({ gpus, seed }: Cell): SimulationPlan => ({
  seed,
  sim_seconds: 300,
  warmup_seconds: 30,
  workload,
  architecture: monolithic(clusterOf(gpus)),
  slo: { ttft_s: 0.5 },
});
const smallPlanOf = ({ blocks, seed }: { blocks: number; seed: number }): SimulationPlan => ({
  seed,
  sim_seconds: 60,
  workload,
  architecture: batchedMonolithic({
    replicas: 1,
    replica: {
      max_num_seqs: 64,
      max_num_batched_tokens: 2048,
      enable_chunked_prefill: true,
      block_size: 16,
      num_gpu_blocks: blocks,
      step_time: {
        base_s: 0.006,
        prefill_token_s: 5e-5,
        decode_seq_s: 2e-5,
        decode_context_token_s: 2e-8,
        prefill_attention_s: 1e-9,
      },
    },
  }),
});
const hopelessPlan: SimulationPlan = {
  ...smallPlanOf({ blocks: 1, seed: 0 }),
  workload: { ...workload, prompt_tokens: constant(1000) },
};
const runner = inProcess(planOf);
const option = (gpus: number, name = `${gpus} GPUs`) => ({
  name,
  cellOf: (seed: number): Cell => ({ gpus, seed }),
});
const readings = [...headlineReadings, ...ttftPartReadings];
const SAME =
  'Every seed gives the same run, since nothing in it is drawn: ± 0 says nothing of other traffic.';
const texts = ({ answer }: ResultDocument): string[] => answer.map(({ text }) => text);

describe('compareDocument', () => {
  const found = compare({
    runner,
    options: [option(4), option(5), option(4, 'again')],
    seeds: [1, 2, 3, 4, 5],
    readings,
  });
  const document = found.then((report) =>
    compareDocument(report, { title: '', readings: headlineReadings, origin: [] }),
  );

  test('says which is lower, by how much, and where no difference is seen', async () => {
    const lines = texts(await document);
    expect(lines).toContainEqual(expect.stringMatching(/^4 GPUs: Stable in all 5 runs\.$/));
    expect(lines).toContainEqual(
      expect.stringMatching(/^p99 TTFT: 5 GPUs is .* ± .* lower than 4 GPUs, \d+\.\d %\.$/),
    );
    expect(lines).toContainEqual(
      expect.stringMatching(/^p99 TTFT: no difference seen between again and 4 GPUs/),
    );
    expect(lines).toContainEqual('The number of GPUs differs: 4 GPUs 4, 5 GPUs 5, again 4.');
  });

  test('has tables of means and of differences with the values of the report', async () => {
    const report = await found;
    const [side, difference] = (await document).tables;
    const ttft = report.options.map((result) => result.readings.find(({ key }) => key === 'ttft_s.mean'));
    const row = side?.rows.find(([cell]) => cell?.value === 'ttft_s.mean');
    expect(row?.slice(1).map(({ value }) => value)).toEqual(ttft.map((reading) => reading?.interval?.mean));
    const changed = difference?.rows.find(([cell]) => cell?.value === 'ttft_s.mean');
    expect(changed?.[1]?.value).toBe(ttft[1]?.difference?.interval.mean);
    expect(changed?.[3]?.text).toBe('lower');
  });

  test('tells a share by the ends of its interval where that would pass a whole; differences never', async () => {
    const interval = { mean: 0.9994, half_width: 0.0026, low: 0.9968, high: 1.002, n: 5, level: 0.95 };
    const report = await found;
    const options = report.options.map((option) => ({
      ...option,
      readings: option.readings.map((reading) =>
        reading.key !== 'attainment'
          ? reading
          : { ...reading, interval, difference: reading.difference && { ...reading.difference, interval } },
      ),
    }));
    const of = { title: '', readings: headlineReadings, origin: [] };
    const [side, difference] = compareDocument({ ...report, options }, of).tables;
    const text = (table: typeof side): string | undefined =>
      table?.rows.find(([cell]) => cell?.value === 'attainment')?.[1]?.text;
    expect(text(side)).toBe('99.94 (99.68–100) %');
    expect(text(difference)).toBe('99.94 ± 0.26 pp');
  });

  test('draws parts that sum to the mean TTFT', async () => {
    const report = await found;
    const [chart] = (await document).charts;
    if (chart?.kind !== 'bars') throw new Error('there is no bar chart');
    for (const { name, readings } of report.options) {
      const end = Math.max(...chart.bars.filter(({ label }) => label === name).map(({ to }) => to));
      expect(end).toBeCloseTo(readings.find(({ key }) => key === 'ttft_s.mean')?.interval?.mean ?? 0, 9);
    }
  });

  test('has parts with ids of their own, whatever the options are called', async () => {
    expectOwnIds(await document);
  });

  test('says when the seeds make no difference', async () => {
    const cells = { ...option(4), cellOf: (): Cell => ({ gpus: 4, seed: 1 }) };
    const alike = await compare({ runner, options: [cells], seeds: [1, 2, 3], readings });
    const on = { title: '', readings: headlineReadings, origin: [] };
    expect(texts(compareDocument(alike, on))).toContain(SAME);
    expect(texts(await document)).not.toContain(SAME);
  });

  test('says of which options requests were rejected, and shows what became of all', async () => {
    const report = await compare({
      runner: inProcess(smallPlanOf),
      options: [40, 4000].map((blocks) => ({
        name: `${blocks} blocks`,
        cellOf: (seed: number) => ({ blocks, seed }),
      })),
      seeds: [1, 2],
      readings,
    });
    const document = compareDocument(report, { title: '', readings: headlineReadings, origin: [] });
    const [few, many] = report.options.map(({ outcomes }) => outcomes);
    if (few === undefined || many === undefined) throw new Error('an option is missing');
    expect(few.rejected).toBeGreaterThan(0);
    const said = texts(document).filter((text) => text.includes('rejected'));
    expect(said).toEqual([
      `40 blocks: ${formatPercent(few.rejected / few.arrivals)} of the requests were rejected; the latencies are those of the others.`,
    ]);
    const outcomes = document.tables.find(({ id }) => id === 'outcomes');
    expect(outcomes?.rows.map((row) => row.map(({ value }) => value))).toEqual([
      ['40 blocks', few.completed, few.rejected, few.in_flight, few.arrivals],
      ['4000 blocks', many.completed, 0, many.in_flight, many.arrivals],
    ]);
    expect(few.completed + few.rejected + few.in_flight).toBe(few.arrivals);
    expect(few.arrivals).toBe(many.arrivals);
  });

  test('says when it is partial', async () => {
    const partial = { ...(await found), finished: false };
    const lines = texts(compareDocument(partial, { title: '', readings: headlineReadings, origin: [] }));
    expect(lines.at(-1)).toBe('Partial: it was interrupted, and covers the 5 seeds that were complete.');
    const one = { ...partial, seeds: [1] };
    expect(texts(compareDocument(one, { title: '', readings: headlineReadings, origin: [] })).at(-1)).toBe(
      'Partial: it was interrupted, and covers the only seed that was complete.',
    );
  });

  test('says when options are measured from different times on', async () => {
    const report = await found;
    const words = { title: '', readings: headlineReadings, origin: [] };
    expect(texts(compareDocument(report, words)).join()).not.toContain('different times');
    const options = report.options.map((option, index) => ({
      ...option,
      warm_up: { ...option.warm_up, warmup_seconds: 30 + 10 * index },
    }));
    const [sentence] = texts(compareDocument({ ...report, options }, words)).filter((text) =>
      text.includes('different times'),
    );
    expect(sentence).toMatch(/^They are measured from different times on: .* 30\.0 s, .* 40\.0 s/);
  });
});

const UNMEASURED =
  'Where nothing was measured, no token fell in the measurement window: lower warmup_seconds, or run longer.';

describe('runsDocument', () => {
  const reports = replications(planOf({ gpus: 4, seed: 0 }), [1, 2, 3, 4]);
  const of = { title: '', readings: headlineReadings, origin: [], finished: true };

  test('judges the SLO over the runs and gives the interval of p99', () => {
    const document = runsDocument(reports, of);
    expect(texts(document)).toContainEqual(
      expect.stringMatching(/^p99 TTFT is .* ± .* s \(95 % interval over 4 runs\)\.$/),
    );
    expect(document.answer.find(({ text }) => text.startsWith('TTFT ≤ 500 ms: met by'))?.met).toBe(false);
  });

  test('says when the seeds make no difference', () => {
    const first = reports.slice(0, 1);
    expect(texts(runsDocument([...first, ...first, ...first], of))).toContain(SAME);
    expect(texts(runsDocument(reports, of))).not.toContain(SAME);
    expect(texts(runsDocument(first, of))).not.toContain(SAME);
    const empty = { ...workload, interarrival_s: constant(1e6) };
    const nobody = replications({ ...planOf({ gpus: 4, seed: 0 }), workload: empty }, [1, 2]);
    expect(texts(runsDocument(nobody, of))).not.toContain(SAME);
  });

  test('holds theory against the runs, or says why not', () => {
    const theory = tokenRateTheory(workload, clusterOf(4));
    const [table] = runsDocument(reports, { ...of, theory }).tables;
    expect(table?.id).toBe('theory');
    expect(table?.rows.map(([cell]) => cell?.text)).toEqual([
      'utilisation',
      'mean wait',
      'mean queue',
      'mean TTFT',
    ]);
    if (!theory.applies) throw new Error(theory.reason);
    expect(table?.rows.at(-1)?.[2]?.value).toBe(theory.mean_ttft_s);
    const none = runsDocument(reports, { ...of, theory: { applies: false, reason: 'clients wait' } });
    expect(texts(none)).toContain('Theory does not apply: clients wait.');
  });

  test('shows what became of the requests of all runs, and says when some were rejected', () => {
    const document = runsDocument(reports, of);
    const arrivals = reports.reduce((sum, { outcomes }) => sum + outcomes.arrivals, 0);
    const outcomes = document.tables.find(({ id }) => id === 'outcomes');
    expect(outcomes?.rows[0]?.at(-1)?.value).toBe(arrivals);
    expect(texts(document).join()).not.toContain('rejected');
    const some = runsDocument(replications(smallPlanOf({ blocks: 40, seed: 0 }), [1, 2]), of);
    expect(texts(some)).toContainEqual(expect.stringMatching(/^\d+\.\d % of the requests were rejected; /));
    const nobody = runsDocument(replications(hopelessPlan, [1, 2]), of);
    expect(texts(nobody)).toContainEqual(expect.stringMatching(/^All [\d,]+ requests were rejected\.$/));
  });

  test('says in how many runs nothing was measured', () => {
    const late = { ...planOf({ gpus: 4, seed: 0 }), warmup_seconds: 60 };
    const { sim_seconds: _, ...unending } = late;
    const short = replications({ ...unending, workload: { ...workload, max_requests: 100 } }, [1, 2]);
    const mixed = [...short, ...replications(late, [3, 4])];
    expect(texts(runsDocument(short, of))).toEqual([
      'Stable in both runs, but nothing was measured.',
      'TTFT ≤ 500 ms: no request to judge arrived in the measurement windows.',
      UNMEASURED,
    ]);
    const [verdict, ...others] = texts(runsDocument(mixed, of));
    expect(verdict).toBe('Stable in all 4 runs, but nothing was measured in 2 of them.');
    expect(others).toContain(UNMEASURED);
    const judged = runsDocument(mixed, of).answer.find(({ text }) => text.startsWith('TTFT ≤'));
    expect(judged?.text).toMatch(/, but none to judge arrived in 2 of 4 runs\.$/);
    expect(judged).not.toHaveProperty('met');
    expect(others.join()).toContain('easured from 60.0 s on');
    expect(texts(runsDocument(mixed.slice(2), of)).join()).not.toContain('measured in');
  });

  test('says whether the precision was reached', () => {
    const reading = findReading('ttft_s.mean');
    if (reading === undefined) throw new Error('there is no such reading');
    const precision = { half_width: 1e-9, relative: true, min_runs: 2, max_runs: 4, level: 0.95 };
    const { answer } = runsDocument(reports, { ...of, stopped: { reading, precision } });
    expect(answer.find(({ text }) => text.includes('not reached after 4 runs'))?.met).toBe(false);
  });
});

describe('sensitivity documents', () => {
  const reading = findReading('ttft_s.p99');
  if (reading === undefined) throw new Error('there is no such reading');
  const of = { title: '', reading, origin: [], fixable: (key: string) => key.startsWith('cluster') };
  const factors = [factor('cluster.gpus', 2, 6), factor('load', 1, 9)];
  const ttft = by(([gpus = 1, load = 0], seed) => (load * load) / gpus + 0.001 * seed);

  test('name what to fix first among what can be fixed, and what moves it most', async () => {
    const document = oneAtATimeDocument(await oneAtATime(factors, [1, 2, 3], ttft), of);
    expect(texts(document).slice(0, 2)).toEqual([
      'What to fix first: cluster.gpus from 4 to 6 lowers p99 TTFT by 2.08 s ± 0 (elasticity −1.00).',
      'What moves p99 TTFT most is load, from 1 to 9 (elasticity 2.00).',
    ]);
    expectOwnIds(document);
    const [chart] = document.charts;
    if (chart?.kind !== 'bars') throw new Error('there is no tornado');
    expect(chart.bars.map(({ label }) => label)).toEqual(['load', 'load', 'cluster.gpus', 'cluster.gpus']);
    expect(chart.base?.value).toBeCloseTo(6.252, 9);
  });

  test('say so when nothing helps', async () => {
    const flat = oneAtATimeDocument(
      await oneAtATime(
        factors,
        [1, 2],
        by(() => 1),
      ),
      of,
    );
    expect(texts(flat)[0]).toBe('Nothing in these ranges is seen to make p99 TTFT better.');
  });

  test('say nothing of what helps when no end could be compared', async () => {
    const found = await oneAtATime(factors, [1, 2], ttft);
    const swings = found.swings.map((swing) => ({ ...swing, low_effect: null, high_effect: null }));
    expect(texts(oneAtATimeDocument({ ...found, swings }, of)).join()).not.toContain('Nothing in these');
  });

  test('rank screens and shares', async () => {
    const screen = morrisDocument(await morris(factors, { trajectories: 10, seed: 1 }, ttft), of);
    expect(texts(screen)[0]).toMatch(
      /^load matters most: through its range p99 TTFT changes by .* \[.*, .*\] s on average\.$/,
    );
    const shares = sobolDocument(await sobol(factors, { rows: 200, seed: 1 }, ttft), of);
    expect(texts(shares)[0]).toMatch(/^load explains most: \d\d\.\d % of the variance of p99 TTFT alone/);
    expect(shares.tables[0]?.rows.map(([cell]) => cell?.text)).toEqual(['load', 'cluster.gpus']);
    expect(texts(shares).join()).not.toContain('overlaps');
  });

  test('say when another key may come first', async () => {
    const alike = by(([gpus = 1, load = 0], seed) => 2 * gpus + load + (seed % 7));
    const close = 'Its interval overlaps that of cluster.gpus: more --replications may put another first.';
    const screen = morrisDocument(await morris(factors, { trajectories: 4, seed: 1 }, alike), of);
    const shares = sobolDocument(await sobol(factors, { rows: 8, seed: 1 }, alike), of);
    for (const document of [screen, shares])
      expect(texts(document)[1]).toBe(close.replace('cluster.gpus', otherThanFirst(document)));
  });

  test('show nothing of what rounding leaves of an elasticity', async () => {
    const { tables } = oneAtATimeDocument(
      await oneAtATime(
        [factor('a', 1, 2)],
        [1, 2, 3],
        by(([a = 1], seed) => 1 + 1e-14 * a * seed),
      ),
      of,
    );
    expect(tables[0]?.rows[0]?.at(-1)?.text).toBe('0 ± 0');
  });
});

/** The key of the second row. */
function otherThanFirst({ tables }: ResultDocument): string {
  return String(tables[0]?.rows[1]?.[0]?.value);
}
