/** `llmsim run`: its numbers are the engine's, its flags act, its result runs again. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile, loadScenario } from '@llmsim/config';
import { type SimulationReport, simulate } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { besidesProgress, folder, llmsim } from './program.ts';

const SMALL =
  'mode: mono\nsim_seconds: 60\nwarmup_seconds: 6\narrival: {rate_per_s: 4}\nslo: {ttft_s: 0.5}\n';

function reportOf(text: string, set: readonly string[] = []): SimulationReport {
  const loaded = loadScenario(text, { set });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join());
  const compiled = compile(loaded.scenario.config);
  if (!compiled.ok) throw new Error(compiled.problems.map(({ message }) => message).join());
  return simulate(compiled.plan).report;
}

async function json(args: readonly string[], cwd?: string) {
  const { code, stdout, stderr } = await llmsim(['run', ...args, '--json'], cwd === undefined ? {} : { cwd });
  expect({ code, said: besidesProgress(stderr) }).toEqual({ code: 0, said: '' });
  return JSON.parse(stdout);
}

describe('the default run', () => {
  it('prints verdict and SLOs, tables, next commands, in 80 columns', async () => {
    const { code, stdout, stderr } = await llmsim(['run']);
    expect({ code, said: besidesProgress(stderr) }).toEqual({ code: 0, said: '' });
    expect(stdout).toMatchSnapshot();
    const lines = stdout.split('\n');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(lines.findIndex((line) => line.startsWith('●'))).toBeLessThan(3);
    // The text is no golden value of its own: its numbers are those of the engine.
    const report = reportOf(readFileSync(new URL('../../../configs/example.yaml', import.meta.url), 'utf8'));
    const p99_ms = Math.round((report.ttft_s.p99 ?? 0) * 1000);
    expect(stdout).toMatch(new RegExp(`^TTFT .* ${p99_ms} ms`, 'm'));
    expect(stdout).toMatch(new RegExp(`${report.outcomes.arrivals.toLocaleString('en')}$`, 'm'));
  });

  it('has the flat keys, the report of the engine and all that made it', async () => {
    const result = await json([]);
    const { report } = result;
    expect(report).toEqual(
      reportOf(readFileSync(new URL('../../../configs/example.yaml', import.meta.url), 'utf8')),
    );
    expect(result).toMatchObject({
      num_samples: report.ttft_s.count,
      mean_ttft_s: report.ttft_s.mean,
      p50_ttft_s: report.ttft_s.p50,
      p90_ttft_s: report.ttft_s.p90,
      p99_ttft_s: report.ttft_s.p99,
      elapsed_s: 540,
      mode: 'disagg',
      throughput_rps: report.throughput_rps,
      utilization_prefill: report.pools[0].utilization,
      utilization_decode: report.pools[1].utilization,
      prefill_gpus: 2,
      decode_gpus: 2,
      arrival_rate_per_s: 2,
      prompt_tokens_log: { min_value: 8 },
      prompt_tokens_real: { mean: 1024, std: 512 },
      output_tokens_log: { mu: Math.log(128), min_value: 16 },
      seed: 42,
    });
    // The log of the lognormal gives its mean and standard deviation back.
    const { mu, sigma } = result.prompt_tokens_log;
    const mean = Math.exp(mu + sigma ** 2 / 2);
    expect(mean).toBeCloseTo(1024, 9);
    expect(mean * Math.sqrt(Math.exp(sigma ** 2) - 1)).toBeCloseTo(512, 9);
    expect(result.config_hash).toMatch(/^[0-9a-f]{64}$/);
    expect(result.version).toMatch(/^\d+\.\d+\.\d+/);
  });
});

describe('a result', () => {
  it('is the same bytes for the same seed, and runs again from itself', async () => {
    const cwd = folder({ 'small.yaml': SMALL });
    const run = ['run', 'small.yaml', '--seed', '7', '--json'];
    const [first, second] = await Promise.all([llmsim(run, { cwd }), llmsim(run, { cwd })]);
    expect(second.stdout).toBe(first.stdout);
    const again = await llmsim(['run', '-', '--json'], { cwd, stdin: first.stdout });
    expect(again.stdout).toBe(first.stdout);
  });

  it('has a hash that follows the configuration, not its spelling', async () => {
    const cwd = folder({ 'a.yaml': SMALL, 'b.yaml': `${SMALL}random_seed: 42 # the default\n` });
    const [a, b, other] = await Promise.all([
      json(['a.yaml'], cwd),
      json(['b.yaml'], cwd),
      json(['a.yaml', '--seed', '1'], cwd),
    ]);
    expect(b.config_hash).toBe(a.config_hash);
    expect(other.config_hash).not.toBe(a.config_hash);
  });
});

describe('flags', () => {
  it('are assignments to the configuration', async () => {
    const cwd = folder({ 'small.yaml': SMALL });
    const flags = [
      '--request-rate',
      '9',
      '--num-prompts',
      '100',
      '--seed',
      '3',
      '--goodput',
      'ttft:250',
      'tpot:20',
    ];
    const result = await json(['small.yaml', ...flags], cwd);
    const set = ['arrival.rate_per_s=9', 'arrival.max_requests=100', 'sim_seconds=', 'random_seed=3'];
    expect(result.report).toEqual(reportOf(SMALL, [...set, 'slo.ttft_s=0.25', 'slo.tpot_s=0.02']));
    expect(result.report.outcomes).toMatchObject({ arrivals: 100, completed: 100 });
  });

  it('give way to --set', async () => {
    const result = await json(['light-load', '--request-rate', '9', '--set', 'arrival.rate_per_s=3']);
    expect(result.config.arrival.rate_per_s).toBe(3);
  });

  it('--print-config prints a file that runs, with the origin of each value', async () => {
    const cwd = folder({ 'small.yaml': SMALL });
    const args = ['small.yaml', '--request-rate', '5', '--set', 'slo.tpot_s=0.1'];
    const printed = await llmsim(['run', ...args, '--print-config'], { cwd });
    expect(printed.code).toBe(0);
    const from = (key: string) => new RegExp(`^ *${key}: .*# (.*)$`, 'm').exec(printed.stdout)?.[1];
    expect(from('sim_seconds')).toBe('small.yaml:2:14');
    expect(from('rate_per_s')).toBe('--request-rate 5');
    expect(from('tpot_s')).toBe('--set slo.tpot_s=0.1');
    expect(from('random_seed')).toBe('default');
    const rerun = await llmsim(['run', '-', '--json'], { stdin: printed.stdout });
    const direct = await llmsim(['run', ...args, '--json'], { cwd });
    expect(rerun.stdout).toBe(direct.stdout);
  });

  it('--check exits with 3 when an SLO is missed, after the report', async () => {
    const args = ['run', 'example', '--check', '--goodput'];
    const [met, missed, none] = await Promise.all([
      llmsim([...args, 'ttft:5000']),
      llmsim([...args, 'ttft:1']),
      llmsim(['run', '-', '--check'], { stdin: 'mode: mono\n' }),
    ]);
    expect([met.code, missed.code, none.code]).toEqual([0, 3, 2]);
    expect(missed.stdout).toContain('✗ TTFT ≤ 1.00 ms');
    expect(none.stderr).toMatch(/--check needs an SLO/);
  });

  it('--quiet prints nothing', async () => {
    expect(await llmsim(['run', '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('--goodput before CONFIG is explained', async () => {
    const { code, stderr } = await llmsim(['run', '--goodput', 'ttft:500', join('configs', 'my.yaml')]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Write CONFIG before it/);
  });

  it('warns of what changes the cluster that does not run', async () => {
    const idle = 'cluster_mono.num_gpus=8';
    const warning = `warning: --set ${idle} has no effect: mode is disagg. Change cluster_disagg, or choose the other mode.\n`;
    const cwd = folder({ 'mono.yaml': 'cluster_mono: {num_gpus: 4}\n' });
    const [run, checked, derived, chosen] = await Promise.all([
      llmsim(['run', '-q', '--set', idle]),
      llmsim(['validate', 'example', '--set', idle]),
      llmsim(['run', 'mono.yaml', '--set', 'mode=disagg', '--set', idle], { cwd }),
      llmsim(['run', '-q', '--set', 'mode=mono', '--set', idle]),
    ]);
    expect([run.code, run.stderr]).toEqual([0, warning]);
    expect([checked.code, checked.stderr]).toEqual([0, warning]);
    expect(derived.stderr).not.toContain('warning');
    expect(derived.stdout).toContain('4 prefill + 4 decode GPUs');
    expect(chosen.stderr).toBe('');
  });
});
