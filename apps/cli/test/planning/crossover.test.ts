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

function crossover(args: readonly string[], files: Readonly<Record<string, string>> = {}) {
  const cwd = folder({
    ...files,
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

  it('--rate is an axis of its own, before those of --vary', async () => {
    const args = ['steps.yaml', '--runs', '2', '--metric', 'ttft_s.mean', '--json'];
    const keys = 'prompt_tokens.mean=512,1024';
    const short = JSON.parse((await crossover([...args, '--rate', '4..8:4', '--vary', keys])).stdout);
    const vary = ['--vary', 'arrival.rate_per_s=4,8', '--vary', keys];
    const long = JSON.parse((await crossover([...args, ...vary])).stdout);
    expect(short.results).toHaveLength(4);
    expect(short.results).toEqual(long.results);
    expect((await crossover(['steps.yaml', '--rate', '4,8', '--dry-run'])).stdout).toMatch(/^2 points/);
  });

  it('--rate replays a trace at these rates', async () => {
    const rows = Array.from({ length: 200 }, (_, id) => `${id / 10},${500 + (id % 7) * 100},20\n`).join('');
    const trace = { 'trace.csv': `arrival_s,prompt_tokens,output_tokens\n${rows}` };
    const set = [
      '--set',
      'warmup_seconds=0',
      '--set',
      'sim_seconds=',
      '--metric',
      'throughput_rps',
      '--runs',
      '2',
    ];
    const { code, stdout } = await crossover(
      ['steps.yaml', '--trace', 'trace.csv', ...set, '--rate', '4,8', '--json'],
      trace,
    );
    expect(code).toBe(0);
    const { results } = JSON.parse(stdout);
    expect(results.map((row: Record<string, unknown>) => row.rate_per_s)).toEqual([4, 8]);
    // Far below what the GPUs can serve, requests leave as fast as they come.
    expect(results[0].mono).toBeGreaterThan(3.5);
    expect(results[0].mono).toBeLessThan(4.2);
    expect(results[1].mono).toBeGreaterThan(7);
    expect(results[1].mono).toBeLessThan(8.4);
  });

  it('wants to be told to run very many', async () => {
    const many = ['steps.yaml', '--rate', '1..600:1', '--runs', '5'];
    const { code, stderr } = await crossover(many);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: These are 6,000 runs, more than 5,000\. Write --yes to run them, or take fewer /,
    );
    expect((await crossover([...many, '--dry-run'])).code).toBe(0);
  });

  it.each([
    [['steps.yaml', '--rate', '4,fast'], /--rate 4,fast: fast is no rate/],
    [['steps.yaml', '--rate', '4', '--vary', 'arrival.rate_per_s=1,2'], /--rate varies it already/],
    [['steps.yaml', '--vary', 'arrival.rat_per_s=1,2'], /Did you mean rate_per_s\?/],
    [['steps.yaml', '--gpus', '1'], /cannot be split/],
    [['steps.yaml', '--vary', 'random_seed=1,2'], /the same seeds\. .* how many by --runs\./],
    [['steps.yaml', '--vary', 'mode=mono,disagg'], /both modes run at every point/],
    [['steps.yaml', '--vary', 'cluster_disagg.prefill_replicas=1,2'], /Write --gpus\./],
    [['steps.yaml', '--metric', 'pools.prefill.utilization'], /have no pool in common/],
    [['steps.yaml', '--metric', 'goodput_rps'], /needs an SLO/],
    [['closed.yaml'], /have no rate to plan for/],
  ])('refuses %j', async (args, message) => {
    const { code, stderr } = await crossover(args);
    expect(code).toBe(2);
    expect(stderr).toMatch(message);
  });

  it('compares nothing where nobody was measured', async () => {
    const { code, stdout } = await crossover(['--rate', '0.0001', '--runs', '2', '--metric', 'ttft_s.mean']);
    expect(code).toBe(0);
    expect(stdout).toContain('No point can be compared: none has mean TTFT in every run of both.');
    expect(stdout).not.toContain('0 of 0');
  });
});
