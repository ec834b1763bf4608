/** `llmsim crossover`: paired as single runs are, a break-even where the winner changes, and what it refuses. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, llmsim } from '../program.ts';

const STEPS = `mode: disagg
sim_seconds: 40
warmup_seconds: 4
arrival: {rate_per_s: 20}
prompt_tokens: {mode: real_mean_std, mean: 1024, std: 512}
output_tokens: {mode: p50_p90, p50: 64, p90: 128}
cluster_mono: {model: steps, replicas: 2}
cluster_disagg:
  model: steps
  prefill_replicas: 1
  decode_replicas: 1
  link: {bandwidth_bytes_per_s: 25.0e9, kv_bytes_per_token: 131072}
`;

function crossover(args: readonly string[]) {
  const cwd = folder({
    'steps.yaml': STEPS,
    'closed.yaml': 'arrival: {process: closed_loop, concurrency: 2, max_requests: 9}\n',
  });
  return llmsim(['crossover', ...args], { cwd, env: { XDG_CACHE_HOME: join(cwd, 'cache') } }).then((ran) => ({
    ...ran,
    cwd,
  }));
}

describe('crossover', () => {
  it('compares pairs of single runs at each point', async () => {
    const args = ['steps.yaml', '--vary', 'arrival.rate_per_s=4,8', '--runs', '2', '--metric', 'ttft_s.mean'];
    const { code, stdout, cwd } = await crossover([...args, '--json']);
    expect(code).toBe(0);
    const { results, metric } = JSON.parse(stdout);
    expect(metric).toBe('ttft_s.mean');
    expect(results.map((row: Record<string, unknown>) => row['arrival.rate_per_s'])).toEqual([4, 8]);
    const single = async (mode: string, seed: string): Promise<number> => {
      const ran = await llmsim(
        ['run', 'steps.yaml', '--set', `mode=${mode}`, '--request-rate', '8', '--seed', seed, '--json'],
        { cwd },
      );
      return JSON.parse(ran.stdout).mean_ttft_s;
    };
    const mean = async (mode: string): Promise<number> =>
      ((await single(mode, '42')) + (await single(mode, '43'))) / 2;
    const { mono, disagg, difference } = results[1];
    expect(mono).toBeCloseTo(await mean('mono'), 12);
    expect(disagg).toBeCloseTo(await mean('disagg'), 12);
    expect(difference).toBeCloseTo(disagg - mono, 12);
  });

  it('finds the bandwidth at which the winner changes', async () => {
    const vary = 'cluster_disagg.link.bandwidth_bytes_per_s=1e7,1e11';
    const args = [
      'steps.yaml',
      '--vary',
      vary,
      '--runs',
      '3',
      '--metric',
      'tpot_s.p99',
      '--set',
      'arrival.rate_per_s=10',
    ];
    const tpot = JSON.parse((await crossover([...args, '--json'])).stdout);
    // Decode apart from prefill is steadier, however slow the link: no break-even.
    expect(tpot.results.map(({ winner }: { winner: string }) => winner)).toEqual(['disagg', 'disagg']);
    expect(tpot.break_evens).toEqual([]);
    const ttft = [...args, '--metric', 'e2e_s.p99'];
    const { results, break_evens } = JSON.parse((await crossover([...ttft, '--json'])).stdout);
    expect(results.map(({ winner }: { winner: string }) => winner)).toEqual(['mono', 'disagg']);
    const [{ before, after, low_value, high_value }] = break_evens;
    expect([before, after]).toEqual(['mono', 'disagg']);
    expect(low_value).toBeGreaterThan(1e7);
    expect(high_value).toBeGreaterThanOrEqual(low_value);
    expect(high_value).toBeLessThan(1e11);
  });

  it('--dry-run counts the default points', async () => {
    const { code, stdout } = await crossover(['steps.yaml', '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^45 points × 10 simulations: 450, and those of the break-evens/);
  });

  it.each([
    [['steps.yaml', '--vary', 'arrival.rat_per_s=1,2'], /Did you mean rate_per_s\?/],
    [['steps.yaml', '--gpus', '1'], /cannot be split/],
    [['steps.yaml', '--metric', 'goodput_rps'], /needs an SLO/],
    [['closed.yaml'], /have no rate to plan for/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await crossover(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });
});
