import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { folder, llmsim } from '../program.ts';

test('nobody served is no stable system, nor a run that is always the same', async () => {
  const steps =
    'model: steps, replicas: 1, replica: {preset: llama-3.1-8b/bf16/h100-sxm/tp1, num_gpu_blocks: 4}';
  const text = `mode: mono\nsim_seconds: 20\nwarmup_seconds: 0\nprompt_tokens: {mode: uniform, min: 90, max: 99}\ncluster_mono: {${steps}}\n`;
  const cwd = folder({ 'tight.yaml': text });
  const { stdout } = await llmsim(['run', 'tight.yaml', '--replications', '2'], { cwd });
  expect(stdout).toContain('Stable in both runs, but no request completed.');
  expect(stdout).not.toContain('Every seed gives the same run');
  const swept = await llmsim(
    ['sweep', 'tight.yaml', '--vary', 'arrival.rate_per_s=1,2', '--replications', '2', '--no-cache'],
    { cwd },
  );
  expect(swept.stdout.match(/none completed/g)).toHaveLength(2);
});

test('nothing measured is said of runs, options and points, at the terminal and in files', async () => {
  const cwd = folder();
  const short = ['--num-prompts', '20', '--set', 'warmup_seconds=20', '--replications', '3'];
  const count = (rows: readonly Record<string, string>[]) =>
    rows.map(({ unmeasured_runs }) => unmeasured_runs);
  const read = (name: string) => readFileSync(join(cwd, name), 'utf8');
  const table = (name: string): Record<string, string>[] => parse(read(name), { columns: true });

  const out = ['-o', 'r.csv', '-o', 'r.md', '-o', 'r.html'];
  const runs = await llmsim(['run', ...short, ...out], { cwd });
  const verdict = 'Stable in all 3 runs, but nothing was measured.';
  for (const text of [runs.stdout, read('r.md'), read('r.html')]) expect(text).toContain(verdict);
  expect(runs.stdout).not.toContain('MSER-5');
  expect(new Set(count(table('r.csv')))).toEqual(new Set(['3']));

  const compared = await llmsim(['compare', ...short, '-o', 'c.csv'], { cwd });
  expect(compared.stdout).toContain(`disagg: ${verdict}`);
  expect(compared.stdout.match(/no token fell in the measurement window/g)).toHaveLength(1);
  expect(compared.stdout).not.toContain('no difference seen between');
  expect(new Set(count(table('c.csv')))).toEqual(new Set(['3']));

  // At one request a second some of the runs last until after the warm-up, at ten none does.
  const rates = ['--vary', 'arrival.rate_per_s=1,10', '--no-cache', '-o', 's.csv'];
  const swept = await llmsim(['sweep', ...short, ...rates], { cwd });
  const [some, all] = count(table('s.csv'));
  expect(all).toBe('3');
  expect(swept.stdout).toContain(`Nothing was measured in ${Number(some) + 3} of 6 runs: no token fell`);
  expect(swept.stdout).toMatch(/ {2}not measured$/m);
  expect(swept.stdout).toMatch(new RegExp(`${some} of 3 not measured$`, 'm'));
});

describe('run --replications', () => {
  test('gives intervals over the runs of consecutive seeds', async () => {
    const cwd = folder();
    const args = ['run', 'heavy-load', '--replications', '4', '--set', 'sim_seconds=200', '-o', 'r.csv'];
    const { code, stdout } = await llmsim([...args, '--json'], { cwd });
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ kind: 'run', seeds: [42, 43, 44, 45], finished: true, verdict: 'stable' });
    const mean = result.readings.find(({ key }: { key: string }) => key === 'ttft_s.mean');
    expect(mean.interval).toMatchObject({ n: 4, level: 0.95 });
    const alone = ['run', 'heavy-load', '--set', 'sim_seconds=200', '--seed', '44', '--json'];
    expect(mean.values[2]).toBe(JSON.parse((await llmsim(alone)).stdout).mean_ttft_s);
    const rows: Record<string, string>[] = parse(readFileSync(join(cwd, 'r.csv')), { columns: true });
    const row = rows.find(({ metric }) => metric === 'ttft_s.mean');
    expect(Number(row?.low)).toBe(mean.interval.low);
  });

  test('stops where the interval is narrow enough', async () => {
    const args = ['run', 'heavy-load', '--until-half-width', '4%', '--metric', 'ttft_s.mean', '--json'];
    const { interval, values } = JSON.parse((await llmsim(args)).stdout).readings.find(
      ({ key }: { key: string }) => key === 'ttft_s.mean',
    );
    expect(interval.half_width).toBeLessThanOrEqual(0.04 * interval.mean);
    expect(values.length).toBeGreaterThanOrEqual(5);
    expect(values.length).toBeLessThan(100);
  });

  test('judges the SLO over all runs with --check', async () => {
    const args = ['run', 'heavy-load', '--replications', '3', '--check', '-q', '--goodput'];
    expect((await llmsim([...args, 'ttft:300'])).code).toBe(3);
    expect((await llmsim([...args, 'ttft:60000'])).code).toBe(0);
    // Some of these runs are over before the warm-up is.
    const short = ['--num-prompts', '60', '--set', 'warmup_seconds=30', '--replications', '4'];
    expect((await llmsim(['run', 'example', ...short, '--check', '-q'])).code).toBe(3);
  });

  test.each([
    [['--replications', '2', '--requests', 'r.csv'], /--requests is about one run/],
    [['--replications', '2', '-o', 'r.trace.json'], /-o r\.trace\.json is about one run/],
    [['--until-half-width', 'narrow'], /--until-half-width narrow: it takes a share of the mean such as 5%/],
    [['--until-half-width', '5%', '--metric', 'ttft'], /--metric ttft: reports have no such number/],
    [['--metric', 'ttft_s.p99'], /--metric goes with --until-half-width/],
    [
      ['--until-half-width', '5%', '--metric', 'pools.gpu.utilization'],
      /nothing that runs has a pool gpu\. Write pools\.prefill\.utilization or pools\.decode\.utilization\./,
    ],
    [['--replications', '1'], /at least 2/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await llmsim(['run', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});

describe('run --theory', () => {
  test('holds the simulation against closed forms', async () => {
    const { code, stdout } = await llmsim(['run', 'heavy-load', '--theory', '--json']);
    expect(code).toBe(0);
    const { theory, readings } = JSON.parse(stdout);
    expect(theory).toMatchObject({ applies: true, stages: [{ pool: 'gpu', law: 'M/G/4', exact: false }] });
    const { mean } = readings.find(({ key }: { key: string }) => key === 'ttft_s.mean').interval;
    expect(Math.abs(theory.mean_ttft_s / mean - 1)).toBeLessThan(0.1);
  });

  test.each([
    [['steps-mono'], 'Theory does not apply: replicas batch requests'],
    [['example', '--request-rate', '60'], 'Theory does not apply: the'],
  ])('says when it does not apply: %j', async (args, reason) => {
    const { code, stdout } = await llmsim([
      'run',
      ...args,
      '--theory',
      '--replications',
      '2',
      '--set',
      'sim_seconds=70',
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain(reason);
    expect(stdout).not.toContain('Against theory');
  });
});
