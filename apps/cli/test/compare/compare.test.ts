import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { folder, llmsim } from '../program.ts';

const SHORT =
  'mode: mono\nsim_seconds: 200\nwarmup_seconds: 20\narrival: {rate_per_s: 6}\ncluster_mono: {num_gpus: 4}\n';

describe('compare', () => {
  test('the two modes of a scenario, on the same seeds as run has them', async () => {
    const cwd = folder({ 'a.yaml': SHORT });
    const { code, stdout } = await llmsim(['compare', 'a.yaml', '--replications', '3', '--json'], { cwd });
    expect(code).toBe(0);
    const result = JSON.parse(stdout);
    expect(result).toMatchObject({ kind: 'compare', finished: true, seeds: [42, 43, 44], failed: [] });
    expect(result.options.map(({ name }: { name: string }) => name)).toEqual(['mono', 'disagg']);
    const alone = JSON.parse((await llmsim(['run', 'a.yaml', '--seed', '43', '--json'], { cwd })).stdout);
    const [p99] = result.options[0].readings.filter(({ key }: { key: string }) => key === 'ttft_s.p99');
    expect(p99.values[1]).toBe(alone.p99_ttft_s);
    // Each option runs again from its own configuration.
    expect(result.options[1].config.mode).toBe('disagg');
  });

  test('a result as its scenario: with the other cluster on the same machines', async () => {
    const cwd = folder({ 'a.yaml': SHORT.replace('num_gpus: 4', 'num_gpus: 6, prefill_tokens_per_s: 1000') });
    await llmsim(['run', 'a.yaml', '-q', '-o', 'r.json'], { cwd });
    const readings = async (given: string) => {
      const args = ['compare', given, '--replications', '2', '--json'];
      const { stdout, stderr } = await llmsim(args, { cwd });
      expect(stderr).toContain('cluster_disagg is taken to be the same machines');
      return JSON.parse(stdout).options[1].readings;
    };
    expect(await readings('r.json')).toEqual(await readings('a.yaml'));
  });

  test('a result that has no configuration of its own is told from a scenario', async () => {
    const cwd = folder({ 'a.yaml': SHORT });
    await llmsim(['compare', 'a.yaml', '--replications', '2', '-q', '-o', 'c.json'], { cwd });
    const { code, stderr } = await llmsim(['run', 'c.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toBe(
      'error: c.json: it compares several configurations. Copy one from options[…].config into a file of its own.\n',
    );
  });

  test('files and variants, in text, CSV and Markdown', async () => {
    const cwd = folder({ 'a.yaml': SHORT, 'b.yaml': SHORT.replace('num_gpus: 4', 'num_gpus: 5') });
    const args = ['compare', 'a.yaml', 'b.yaml', '--replications', '10', '-o', 'r.csv', '-o', 'r.md'];
    const { code, stdout } = await llmsim([...args, '--metric', 'pools.gpu.utilization'], { cwd });
    expect(code).toBe(0);
    expect(stdout).toMatch(/p99 TTFT: b is .* lower than a/);
    expect(stdout).toContain('The number of GPUs differs: a 4, b 5.');
    expect(stdout).toContain('utilisation, gpu pool');
    const rows: Record<string, string>[] = parse(readFileSync(join(cwd, 'r.csv')), { columns: true });
    const mean = rows.filter(({ metric }) => metric === 'ttft_s.mean');
    expect(mean.map(({ option, runs, unit }) => [option, runs, unit])).toEqual([
      ['a', '10', 's'],
      ['b', '10', 's'],
    ]);
    const [a, b] = mean;
    expect(Number(b?.difference)).toBeCloseTo(Number(b?.mean) - Number(a?.mean), 12);
    expect(Number(b?.low)).toBeLessThan(Number(b?.mean));
    expect(readFileSync(join(cwd, 'r.md'), 'utf8')).toContain('| mean TTFT |');
  });

  test('takes a cluster that is not written to be the same machines, as many of them', async () => {
    const steps = `mode: mono
sim_seconds: 30
warmup_seconds: 3
cluster_mono:
  model: steps
  replicas: 3
  replica: { preset: llama-3.1-8b/bf16/h100-sxm/tp1 }
`;
    const cwd = folder({ 'a.yaml': steps });
    const args = ['compare', 'a.yaml', '--replications', '2', '--json', '-q'];
    const { code, stdout, stderr } = await llmsim(args, { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr:
        'note: the scenario writes cluster_mono alone; cluster_disagg is taken to be the same machines\n',
    });
    const [mono, disagg] = JSON.parse(stdout).options;
    const { replica } = mono.config.cluster_mono;
    expect(disagg.config.cluster_disagg).toMatchObject({
      model: 'steps',
      prefill_replicas: 1,
      decode_replicas: 2,
      prefill_replica: replica,
      decode_replica: replica,
    });
  });

  test('sees no difference between a cluster and itself', async () => {
    const cwd = folder({ 'a.yaml': SHORT, 'same.yaml': SHORT });
    const { stdout } = await llmsim(['compare', 'a.yaml', 'same.yaml', '--replications', '2'], { cwd });
    expect(stdout).toContain('p99 TTFT: no difference seen between same and a');
    expect(stdout).not.toMatch(/ (higher|lower) than /);
  });

  test('keeps what is complete when it is interrupted', async () => {
    const cwd = folder({ 'a.yaml': SHORT.replace('sim_seconds: 200', 'sim_seconds: 20000') });
    // More seeds than anybody waits for.
    const args = ['compare', 'a.yaml', '--vary', 'cluster_mono.num_gpus=4,5', '--replications', '20000'];
    const env = { XDG_CACHE_HOME: cwd };
    const interruptAt = /^[1-9]\d* .*simulations done/m;
    const { code, stdout, stderr } = await llmsim(args, { cwd, env, interruptAt });
    expect(code).toBe(130);
    expect(`${stdout}${stderr}`).toMatch(
      /covers the (only seed that was|\d+ seeds that were) complete\.|before the first seed was done/,
    );
  });

  test('shows and writes nothing when it is interrupted before anything is complete', async () => {
    const endless = SHORT.replace('sim_seconds: 200', 'sim_seconds: 1e9\nquantiles: histogram');
    const cwd = folder({ 'a.yaml': endless });
    const args = ['compare', 'a.yaml', '--replications', '2', '-o', 'c.json'];
    const env = { XDG_CACHE_HOME: cwd };
    const { code, stdout, stderr } = await llmsim(args, { cwd, env, interruptAt: /0 of 4/ });
    expect([code, stdout]).toEqual([130, '']);
    expect(stderr).toContain('error: Interrupted before the first seed was done');
    expect(existsSync(join(cwd, 'c.json'))).toBe(false);
  });

  test('says how much there is to do', async () => {
    const { code, stdout } = await llmsim(['compare', 'example', '--replications', '7', '--dry-run']);
    expect([code, stdout]).toEqual([0, '14 simulations: mono, disagg, each with 7 seeds.\n']);
  });
});

describe('compare refuses', () => {
  test.each([
    [['compare', 'example', '--vary', 'mood=mono'], /mood.*\n?.*mode/s],
    [['compare', 'example', '--vary', 'mode'], /a key and "=" are needed/],
    [
      ['compare', 'example', '--metric', 'ttft_s.p98'],
      /--metric ttft_s\.p98: reports have no such number\. Did you mean ttft_s\.p9/,
    ],
    [['compare', 'example', 'example'], /is given twice/],
    [
      ['compare', 'example', '--vary', 'random_seed=1,2'],
      /--vary random_seed=1,2: every point is run with the same seeds\. .* by --replications\./,
    ],
    [
      ['compare', 'example', '--vary', 'cluster_mono.num_gpus=2,4'],
      /every point runs disagg, which does not use cluster_mono\. Vary cluster_disagg, /,
    ],
    [
      ['compare', 'example', '--metric', 'pools.replica.utilization'],
      /has a pool replica\. Write pools\.gpu\.utilization or pools\.prefill\.utilization or pools\.decode\.utilization\./,
    ],
    [
      ['compare', 'example', '--vary', 'arrival.rate_per_s=1..20:1'],
      /These are 20 options; compare takes 12/,
    ],
    [['compare', 'example', '--replications', '1'], /at least 2/],
    [['compare', 'nothing.yaml'], /Cannot read nothing\.yaml/],
    [['compare', 'nothing.yaml', 'neither.yaml'], /Cannot read nothing\.yaml.*\n.*Cannot read neither\.yaml/],
    [['compare', 'example', '-o', 'x.docx'], /Cannot tell the format of -o x\.docx/],
  ])('%j', async (args, message) => {
    const { code, stderr } = await llmsim(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });
});
