import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { folder, llmsim } from '../program.ts';

const SHORT = ['--set', 'sim_seconds=200', '--replications'];

describe('sensitivity', () => {
  test('moves every number in use, and says what to fix first', async () => {
    const cwd = folder();
    const { code, stdout } = await llmsim(
      ['sensitivity', 'heavy-load', '--metric', 'ttft_s.mean', '-o', 't.csv'],
      {
        cwd,
      },
    );
    expect(code).toBe(0);
    expect(stdout.replace(/\n */g, ' ')).toMatch(
      /What to fix first: cluster_mono\.\w+ from \S+ to \S+ lowers mean TTFT by/,
    );
    const rows: Record<string, string>[] = parse(readFileSync(join(cwd, 't.csv')), { columns: true });
    const keys = rows.map(({ key }) => key);
    expect(keys).toContain('cluster_mono.num_gpus');
    expect(keys).toContain('arrival.rate_per_s');
    expect(keys.filter((key) => /seed|sim_seconds|disagg|min_value/.test(key ?? ''))).toEqual([]);
    const gpus = rows.find(({ key }) => key === 'cluster_mono.num_gpus');
    expect([gpus?.low, gpus?.base, gpus?.high]).toEqual(['3', '4', '5']);
    expect(Number(gpus?.low_effect)).toBeGreaterThan(0);
    expect(Number(gpus?.elasticity)).toBeLessThan(0);
  });

  test('reads the ends of a range as run does', async () => {
    const range = ['--vary', 'arrival.rate_per_s=2..6', '--metric', 'ttft_s.mean', '--json'];
    const { swings } = JSON.parse(
      (await llmsim(['sensitivity', 'heavy-load', ...SHORT, '2', ...range])).stdout,
    );
    const ends = [2, 6].map(async (rate) => {
      const runs = [
        '--set',
        'sim_seconds=200',
        '--replications',
        '2',
        '--request-rate',
        String(rate),
        '--json',
      ];
      const { readings } = JSON.parse((await llmsim(['run', 'heavy-load', ...runs])).stdout);
      return readings.find(({ key }: { key: string }) => key === 'ttft_s.mean').interval;
    });
    expect([swings[0].at_low, swings[0].at_high]).toEqual(await Promise.all(ends));
  });

  test.each([
    ['morris', /matters most: through its range p99 TTFT changes by/],
    ['sobol', /explains most: .* of the variance of p99 TTFT alone/],
  ])('%s', async (method, sentence) => {
    const vary = ['--vary', 'arrival.rate_per_s=1..6', '--vary', 'cluster_mono.num_gpus=3..6'];
    const { code, stdout } = await llmsim([
      'sensitivity',
      'heavy-load',
      ...SHORT,
      '12',
      '--method',
      method,
      ...vary,
    ]);
    expect(code).toBe(0);
    expect(stdout.replace(/\n */g, ' ')).toMatch(sentence);
    expect(stdout).toMatch(/^num_gpus /m);
  });

  test('names each key once, in one block of 80 columns, however long keys are', async () => {
    const [pool, part] = ['cluster_disagg.prefill_replica', 'max_num_batched_tokens'];
    const ranges = [
      `${pool}.${part}=1024..16384`,
      `${pool}.block_size=8..64`,
      'cluster_disagg.decode_replicas=1..3',
    ];
    const more = [`cluster_disagg.decode_replica.${part}=1024..16384`, 'arrival.rate_per_s=20..200'];
    const { code, stdout } = await llmsim([
      ...['sensitivity', 'steps-disagg', '--set', 'sim_seconds=20', '--set', 'warmup_seconds=2'],
      ...[...ranges, ...more].flatMap((range) => ['--vary', range]),
      ...['--replications', '2'],
    ]);
    expect(code).toBe(0);
    const table = stdout.slice(stdout.indexOf('One at a time')).split('\n');
    expect(table.filter((line) => line.startsWith(`prefill_replica.${part}`))).toHaveLength(1);
    expect(table.filter((line) => line.startsWith('rate_per_s'))).toHaveLength(1);
    for (const line of table) expect(line.length).toBeLessThanOrEqual(80);
  });

  test('says how much there is to do', async () => {
    const args = ['sensitivity', 'heavy-load', '--vary', 'arrival.rate_per_s=1..6', '--dry-run'];
    expect((await llmsim(args)).stdout).toBe('15 simulations, which move\n  arrival.rate_per_s=1..6\n');
  });
});

test('needs an SLO for what is judged by one', async () => {
  const cwd = folder({ 'a.yaml': 'mode: mono\n' });
  const { code, stderr } = await llmsim(['sensitivity', 'a.yaml', '--metric', 'goodput_rps'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toContain('--metric goodput_rps needs an SLO: write --goodput ttft:500 tpot:50');
});

describe('sensitivity refuses', () => {
  test.each([
    [['--vary', 'arrival.rate=1..4'], /no number arrival\.rate in use\. Did you mean arrival\.rate_per_s\?/],
    [['--vary', 'arrival.rate_per_s=9..2'], /it takes a key and a range/],
    [['--vary', 'arrival.rate_per_s=9..12'], /outside of the range/],
    [
      ['--vary', 'arrival.rate_per_s=1..5', '--vary', 'arrival.rate_per_s=2..5'],
      /--vary arrival\.rate_per_s=2\.\.5: arrival\.rate_per_s is varied twice\. Write one --vary for it\./,
    ],
    [['--vary', 'cluster_mono.num_gpus=0..8'], /cluster_mono\.num_gpus/],
    [['--metric', 'nothing'], /--metric nothing: reports have no such number/],
    [['--metric', 'pools.decode.utilization'], /has a pool decode\. Write pools\.gpu\.utilization\./],
    [['--method', 'guess'], /Allowed choices are/],
  ])('%j', async (args, message) => {
    const { code, stderr } = await llmsim(['sensitivity', 'heavy-load', ...args]);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
    expect(stderr).not.toContain('    at ');
  });
});
