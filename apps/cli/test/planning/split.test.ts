/** `llmsim split`: every split at every rate, as single runs would have it, and what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folder, llmsim } from '../program.ts';

const CHAT = `mode: disagg
sim_seconds: 40
warmup_seconds: 4
arrival: {rate_per_s: 10}
slo: {ttft_s: 0.5}
cluster_disagg: {prefill_gpus: 2, decode_gpus: 2}
`;

function split(args: readonly string[]) {
  const cwd = folder({ 'chat.yaml': CHAT, 'no-slo.yaml': 'mode: disagg\n' });
  return llmsim(['split', ...args], { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } }).then((ran) => ({
    ...ran,
    cwd,
  }));
}

describe('split', () => {
  it('gives a row to each split and rate, with the numbers of single runs', async () => {
    const { code, stdout, cwd } = await split([
      'chat.yaml',
      '--gpus',
      '5',
      '--rate',
      '4,8',
      '-o',
      'split.csv',
    ]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^Splits of 5 GPUs/);
    const rows = parse<Record<string, string>>(readFileSync(join(cwd, 'split.csv')), { columns: true });
    expect(rows.map(({ candidate }) => candidate)).toEqual(
      ['4', '8'].flatMap(() => ['disagg 1+4', 'disagg 2+3', 'disagg 3+2', 'disagg 4+1']),
    );
    const row = rows.find(({ candidate, rate_per_s }) => candidate === 'disagg 2+3' && rate_per_s === '8');
    const attainments = await Promise.all(
      ['42', '43', '44'].map(async (seed) => {
        const set = ['--set', 'cluster_disagg.prefill_gpus=2', '--set', 'cluster_disagg.decode_gpus=3'];
        const ran = await llmsim(
          ['run', 'chat.yaml', ...set, '--request-rate', '8', '--seed', seed, '--json'],
          { cwd },
        );
        return Number(JSON.parse(ran.stdout).report.slo.attainment);
      }),
    );
    expect(Number(row?.mean)).toBeCloseTo(attainments.reduce((sum, share) => sum + share, 0) / 3, 12);
  });

  it('says nothing of a cluster that it does not run', async () => {
    expect((await split(['steps-disagg', '--dry-run'])).stderr).toBe('');
    expect((await split(['steps-mono', '--dry-run'])).stderr).toMatch(
      /cluster_disagg is taken to be the same/,
    );
  });

  it('--dry-run counts', async () => {
    const { code, stdout } = await split(['chat.yaml', '--gpus', '16', '--rate', '5..20:5', '--dry-run']);
    expect({ code, stdout }).toEqual({ code: 0, stdout: '15 splits × 4 rates × 3 seeds: 180 simulations\n' });
  });

  it.each([
    [['chat.yaml', '--gpus', '1'], /cannot be split/],
    [['chat.yaml', '--rate', 'fast'], /fast is no rate/],
    [['chat.yaml', '--metric', 'ttft_s.p98'], /Did you mean ttft_s\.p9/],
    [['no-slo.yaml', '--metric', 'attainment'], /needs an SLO/],
    [
      ['chat.yaml', '--metric', 'pools.gpu.utilization'],
      /Write pools\.prefill\.utilization or pools\.decode/,
    ],
    [['chat.yaml', '--runs', '1'], /at least 2/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await split(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('judges nothing where nobody was measured', async () => {
    const { code, stdout } = await split(['chat.yaml', '--rate', '0.0001', '--runs', '2']);
    expect(code).toBe(0);
    expect(stdout).toContain('No split can be judged: no rate has attainment in every run.');
    expect(stdout).not.toContain('✗');
  });
});
