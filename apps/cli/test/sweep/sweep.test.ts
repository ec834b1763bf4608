/** `llmsim sweep` as a user types it: grids, presets, outputs, resuming, interruptions, bad input. */
import { spawn } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as after } from 'node:timers/promises';
import { tokenRateTheory } from '@llmsim/analysis';
import { compile, loadScenario } from '@llmsim/config';
import { simulate } from '@llmsim/engine';
import { parse } from 'csv-parse/sync';
import { describe, expect, it, onTestFinished } from 'vitest';
import { entry } from '../../build.mjs';
import { besidesProgress, type Circumstances, folder, llmsim } from '../program.ts';

const SMALL = 'mode: mono\nsim_seconds: 60\nwarmup_seconds: 6\nslo: {ttft_s: 0.5}\n';

/** In a folder with a small scenario and a store of its own. */
function here(): {
  cwd: string;
  sweep: (args: readonly string[], more?: Circumstances) => ReturnType<typeof llmsim>;
} {
  const cwd = folder({ 'small.yaml': SMALL });
  const env = { XDG_CACHE_HOME: join(cwd, 'cache') };
  return { cwd, sweep: (args, more = {}) => llmsim(['sweep', ...args], { cwd, env, ...more }) };
}

const stored = (cwd: string): number =>
  readdirSync(join(cwd, 'cache/llmsim/cells')).filter((name) => name.endsWith('.json')).length;

/** Seconds, for one GPU. */
function tokenRateTheoryOf(set: string): number {
  const loaded = loadScenario(SMALL, { set: [set, 'cluster_mono.num_gpus=1'] });
  if (!loaded.ok) throw new Error('the scenario is wrong');
  const { config } = loaded.scenario;
  const compiled = compile(config);
  if (!compiled.ok || compiled.plan.workload.kind !== 'generated' || config.cluster_mono.model === 'steps') {
    throw new Error('the scenario is wrong');
  }
  const theory = tokenRateTheory(compiled.plan.workload, config.cluster_mono);
  if (!theory.applies) throw new Error(theory.reason);
  return theory.mean_ttft_s;
}

describe('a sweep', () => {
  it('prints the answer and the points, in 80 columns, and writes JSON, CSV and Markdown of the same numbers', async () => {
    const { cwd, sweep } = here();
    const args = [
      'small.yaml',
      '--vary',
      'arrival.rate_per_s=4..12:4',
      '--replications',
      '3',
      '--metric',
      'ttft_s.p99',
    ];
    const { code, stdout, stderr } = await sweep([...args, '-o', 's.json', '-o', 's.csv', '-o', 's.md']);
    expect({ code, said: besidesProgress(stderr) }).toEqual({ code: 0, said: '' });
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    expect(stdout).toContain('9 of 9 runs.');
    const result = JSON.parse(readFileSync(join(cwd, 's.json'), 'utf8'));
    expect(result).toMatchObject({
      kind: 'sweep',
      version: '0.0.0',
      seed: 42,
      seeds: [42, 43, 44],
      finished: true,
    });
    expect(result.config.arrival.rate_per_s).toBe(2);
    // The numbers are the engine's.
    const p99s = [42, 43, 44].map((seed) => {
      const loaded = loadScenario(SMALL, { set: ['arrival.rate_per_s=8', `random_seed=${seed}`] });
      if (!loaded.ok) throw new Error('the scenario is wrong');
      const compiled = compile(loaded.scenario.config);
      if (!compiled.ok) throw new Error('the scenario is wrong');
      return simulate(compiled.plan).report.ttft_s.p99 ?? 0;
    });
    const mean = p99s.reduce((sum, value) => sum + value, 0) / 3;
    expect(result.lines[0].points[1].metrics['ttft_s.p99'].mean).toBeCloseTo(mean, 12);
    const rows: Record<string, string>[] = parse(readFileSync(join(cwd, 's.csv')), { columns: true });
    expect(rows).toHaveLength(3);
    expect(rows[1]).toMatchObject({ 'arrival.rate_per_s': '8', state: 'done', runs: '3' });
    expect(Number(rows[1]?.['ttft_s.p99'])).toBeCloseTo(mean, 12);
    expect(readFileSync(join(cwd, 's.md'), 'utf8')).toMatch(/^# Sweep over rate_per_s\n/);
  });

  it('draws queueing theory beside the mean TTFT, where it has something to say', async () => {
    const { sweep } = here();
    const one = ['small.yaml', '--set', 'cluster_mono.num_gpus=1', '--replications', '2', '--json', '-q'];
    const keys = ['--metric', 'ttft_s.mean', '--metric', 'ttft_s.p99'];
    const { stdout } = await sweep([
      ...one,
      ...keys,
      '--vary',
      'arrival.rate_per_s=1,2,40',
      '--no-early-stop',
    ]);
    const { lines, document } = JSON.parse(stdout);
    const [quiet, busy, overloaded] = lines[0].points;
    const theory = tokenRateTheoryOf('arrival.rate_per_s=2');
    expect(busy.theory).toEqual({ 'ttft_s.mean': theory });
    expect(quiet.theory['ttft_s.mean']).toBeLessThan(theory);
    expect(overloaded.theory).toEqual({});
    const dashed = document.charts.map(({ series }: { series: { dashed?: boolean; points: unknown[] }[] }) =>
      series.filter((each) => each.dashed).map(({ points }) => points.length),
    );
    expect(dashed).toEqual([[2], []]);
  });

  it('is the same with threads, without a store, and from the store', async () => {
    const { cwd, sweep } = here();
    const args = [
      'small.yaml',
      '--vary',
      'arrival.rate_per_s=2,6',
      '--set',
      'sim_seconds=20000',
      '--json',
      '-q',
    ];
    const [threads, one] = [await sweep(args), await sweep([...args, '--no-cache', '--threads', '1'])];
    expect(threads.stderr).toBe('');
    expect(threads.stdout).toBe(one.stdout);
    expect(stored(cwd)).toBe(10);
    expect((await sweep(args)).stdout).toBe(one.stdout);
  });

  it('has the two analyses as presets', async () => {
    const { sweep } = here();
    const rates = await sweep(['small.yaml', '--preset', 'arrival-rate', '--replications', '2', '--json']);
    const report = JSON.parse(rates.stdout);
    expect(report.lines.map(({ name }: { name: string }) => name)).toEqual(['mono', 'disagg']);
    for (const line of report.lines) expect(line.points.at(-1).state).toMatch(/skipped|done/);
    expect(
      report.lines.some(({ points }: { points: { overloaded: boolean }[] }) =>
        points.some((p) => p.overloaded),
      ),
    ).toBe(true);
    const speeds = await sweep(['small.yaml', '--preset', 'prefill-rate', '--replications', '2', '--json']);
    const { axes, metrics } = JSON.parse(speeds.stdout);
    expect(axes[0]).toMatchObject({ key: 'cluster_mono.prefill_tokens_per_s', values: [4000, 8000, 16000] });
    expect(metrics.map(({ key }: { key: string }) => key)).toEqual(['ttft_s.p50']);
  });

  it('has the presets for traces too, by their time scale, up to what the cluster that is written can serve', async () => {
    const { cwd, sweep } = here();
    // 200 requests, one every two seconds, to two GPUs that serve one a second each.
    const rows = Array.from({ length: 200 }, (_, row) => `${2 * row},800,200`);
    writeFileSync(join(cwd, 't.csv'), ['arrival_s,prompt_tokens,output_tokens', ...rows].join('\n'));
    writeFileSync(
      join(cwd, 'traced.yaml'),
      'trace: {path: t.csv}\ncluster_mono: {num_gpus: 2, prefill_tokens_per_s: 1600, decode_tokens_per_s: 400}\n',
    );
    const given = ['traced.yaml', '--replications', '2', '--json', '--no-early-stop'];
    const { axes, lines } = JSON.parse((await sweep([...given, '--preset', 'arrival-rate'])).stdout);
    expect(axes.map(({ key }: { key: string }) => key)).toEqual(['mode', 'rate_per_s']);
    // Twelve even steps to 1.15 times what they can serve.
    const rates = axes[1].values;
    expect(rates).toHaveLength(12);
    for (const [step, rate] of rates.entries()) expect(rate).toBeCloseTo(0.19 * (step + 1), 3);
    const { points } = lines[0];
    // Half a second of prefill and one token; and at 14 % more than can be served the last waits for the others.
    expect(points[0].metrics['ttft_s.p99'].mean).toBeCloseTo(0.5025, 9);
    expect(points.at(-1).metrics['ttft_s.p99'].mean).toBeGreaterThan(5);
  });

  it('moves linked keys together, and says how many runs there are without running them', async () => {
    const { cwd, sweep } = here();
    const args = [
      '--vary',
      'cluster_disagg.prefill_gpus=1,2,3',
      '--vary',
      'cluster_disagg.decode_gpus=3,2,1',
    ];
    const link = ['--link', 'cluster_disagg.prefill_gpus,cluster_disagg.decode_gpus'];
    const { code, stdout } = await sweep([...args, ...link, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^3 prefill_gpus \/ decode_gpus × 5 replications: 15 runs at most, less than a second of CPU time/,
    );
    expect(readdirSync(cwd)).toEqual(['small.yaml']);
    const { stdout: csv } = await sweep([...args, ...link, '--replications', '2', '-o', '-.csv']);
    const rows: Record<string, string>[] = parse(csv, { columns: true });
    expect(rows.map((row) => row['cluster_disagg.decode_gpus'])).toEqual(['3', '2', '1']);
  });

  it('has another fingerprint for other requests in the same file', async () => {
    const { cwd, sweep } = here();
    const rows = (second: number): string =>
      `arrival_s,prompt_tokens,output_tokens\n${[0, 20, second].map((at) => `${at},100,10\n`).join('')}`;
    const hashOf = async (second: number): Promise<string> => {
      writeFileSync(join(cwd, 'own.csv'), rows(second));
      const trace = ['--trace', 'own.csv', '--set', 'warmup_seconds=0', '--replications', '2'];
      const { stdout } = await sweep(['small.yaml', ...trace, '--vary', 'trace.time_scale=1,2', '--json']);
      return JSON.parse(stdout).config_hash;
    };
    const first = await hashOf(40);
    expect(await hashOf(41)).not.toBe(first);
    expect(await hashOf(40)).toBe(first);
  });

  it('varies a trace', async () => {
    const { sweep } = here();
    const { code, stdout } = await sweep([
      'azure-conv-mono',
      ...[
        '--set',
        'trace.limit=300',
        '--set',
        'warmup_seconds=0',
        '--vary',
        'trace.time_scale=1,0.5',
        '--replications',
        '2',
        '--json',
      ],
    ]);
    expect(code).toBe(0);
    const { lines, axes, x_is_load, same_runs } = JSON.parse(stdout);
    const [{ points }] = lines;
    expect(points).toHaveLength(2);
    // The load is the rate that the trace then has, so that the answer names the largest that meets the SLOs.
    expect({ x_is_load, same_runs, set_by: axes[0].set_by }).toEqual({
      x_is_load: true,
      same_runs: true,
      set_by: { key: 'trace.time_scale', values: [1, 0.5] },
    });
    const [slow, fast] = axes[0].values;
    expect(fast).toBeCloseTo(2 * slow, 9);
    expect(lines[0].largest_load).not.toBeNull();
  });

  it('names the largest rate of a trace, and the time scale beside it', async () => {
    const { sweep } = here();
    const less = ['--set', 'trace.limit=1000', '--set', 'warmup_seconds=0', '--replications', '2'];
    const { stdout } = await sweep(['azure-conv-mono', ...less, '--vary', 'trace.time_scale=2,1,0.7']);
    expect(stdout).toMatch(/The SLOs are met up to \d+\.\d+ req\/s ± 0/);
    expect(stdout).toContain('Every seed gives the same run');
    expect(stdout).toMatch(/^Points +rate_per_s +time_scale /m);
    const two = await sweep([
      'azure-conv-mono',
      ...less,
      ...['--vary', 'trace.time_scale=2,1', '--vary', 'trace.limit=500,1000', '-o', '-.csv'],
    ]);
    expect(two.stdout).toMatch(/^trace\.time_scale,trace\.limit,state/);
  });
});

describe('what the seeds and points of a trace share', () => {
  const ROWS = [0, 3, 3, 6, 6, 6, 9, 12, 12, 15, 15, 18, 21, 21, 24, 24, 27, 30, 30, 33];
  const row = (second: number, index: number): string =>
    JSON.stringify({
      timestamp: second * 1000,
      input_length: 1024,
      output_length: 8 + index,
      hash_ids: [1, 100 + index],
    });
  const FILES = {
    'steps.yaml':
      'warmup_seconds: 0\ntrace: {path: grid.jsonl, format: mooncake}\n' +
      'cluster_mono: {model: steps, replicas: 1, replica: {enable_prefix_caching: false}}\n' +
      'cluster_disagg: {model: steps}\n',
    'grid.jsonl': ROWS.map((second, index) => `${row(second, index)}\n`).join(''),
  };
  const means = (result: {
    readonly lines: readonly { readonly points: readonly { readonly metrics: readonly object[] }[] }[];
  }) => JSON.stringify(result.lines.map(({ points }) => points.map(({ metrics }) => metrics)));

  it('is not the prefixes that one point keeps and another does not', async () => {
    const cwd = folder(FILES);
    const key = 'cluster_mono.replica.enable_prefix_caching';
    const meanOf = async (keeps: boolean): Promise<number> =>
      JSON.parse((await llmsim(['run', 'steps.yaml', '--set', `${key}=${keeps}`, '--json'], { cwd })).stdout)
        .mean_ttft_s;
    const more = ['--metric', 'ttft_s.mean', '--replications', '2', '--no-cache', '--json'];
    const { stdout } = await llmsim(['sweep', 'steps.yaml', '--vary', `${key}=false,true`, ...more], { cwd });
    const text = means(JSON.parse(stdout));
    const [without, kept] = [await meanOf(false), await meanOf(true)];
    expect(kept).toBeLessThan(without);
    expect(text).toContain(String(without));
    expect(text).toContain(String(kept));
  });

  it('is not the jitter, which every command draws from the seed; warnings come once', async () => {
    const cwd = folder(FILES);
    const jitter = ['--set', 'trace.jitter=true'];
    const alone = await Promise.all(
      ['42', '43'].map((seed) => llmsim(['run', 'steps.yaml', ...jitter, '--seed', seed, '--json'], { cwd })),
    );
    const [first, second] = alone.map(({ stdout }) => JSON.parse(stdout).mean_ttft_s);
    expect(first).not.toBe(second);
    const many = [...jitter, '--replications', '2', '--json'];
    const replicated = JSON.parse((await llmsim(['run', 'steps.yaml', ...many], { cwd })).stdout);
    const [mean] = replicated.readings.filter(({ key }: { key: string }) => key === 'ttft_s.mean');
    expect(mean.values).toEqual([first, second]);
    const compared = await llmsim(['compare', 'steps.yaml', ...many], { cwd });
    const [reading] = JSON.parse(compared.stdout).options[0].readings;
    expect(reading).toMatchObject({ key: 'ttft_s.mean', values: [first, second] });
    expect(compared.stderr.match(/lie on a grid/g)).toHaveLength(1);
  });
});

describe('a sweep that is cut short', () => {
  /** A sweep whose first point has four runs. */
  const to = (seconds: number): string[] => [
    ...['small.yaml', '--set', 'quantiles=histogram', '--replications', '4', '--json'],
    ...['--vary', `sim_seconds=60,${seconds}`],
  ];
  /** Its second point runs longer than anybody waits, in constant memory. */
  const ENDLESS = to(1e9);

  it('keeps what had finished at the first Ctrl-C, says so, exits with 130, and goes on from there', async () => {
    const { cwd, sweep } = here();
    const { code, stdout } = await sweep(ENDLESS, { interruptAt: /4 of 8 simulations done/ });
    expect(code).toBe(130);
    const partial = JSON.parse(stdout);
    expect(partial).toMatchObject({ finished: false, runs: 4 });
    expect(stored(cwd)).toBe(4);
    expect(partial.document.answer.at(-1).text).toMatch(/^Partial/);
    const whole = JSON.parse((await sweep(to(120))).stdout);
    expect(whole).toMatchObject({ finished: true, runs: 8 });
    expect(stored(cwd)).toBe(8);
    const [[first], [again]] = [partial.lines, whole.lines].map(([line]) => line.points);
    expect(first.state).toBe('done');
    expect(again).toEqual(first);
  });

  it('loses at most the running cells when it is killed', async () => {
    const { cwd, sweep } = here();
    const env = { ...process.env, XDG_CACHE_HOME: join(cwd, 'cache') };
    const child = spawn(process.execPath, [entry, 'sweep', ...ENDLESS], { cwd, env, stdio: 'ignore' });
    onTestFinished(() => void child.kill('SIGKILL'));
    const ended = new Promise((resolve) => child.on('close', (_, signal) => resolve(signal)));
    let done = 0;
    while (done < 4 && child.exitCode === null && child.signalCode === null) {
      await after(20);
      try {
        done = stored(cwd);
      } catch {
        // Nothing is stored yet.
      }
    }
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const before = readdirSync(join(cwd, 'cache/llmsim/cells')).filter((name) => name.endsWith('.json'));
    expect(before).toHaveLength(4);
    for (const name of before) {
      const report = JSON.parse(readFileSync(join(cwd, 'cache/llmsim/cells', name), 'utf8'));
      expect(report.finished).toBe(true);
    }
    const { code, stdout } = await sweep(to(120));
    expect(code).toBe(0);
    expect(JSON.parse(stdout).runs).toBe(8);
    expect(stored(cwd)).toBe(8);
  });
});

describe('bad input', () => {
  it.each([
    [['--vary', 'arrival.rate_per_sec=1,2'], '--vary arrival.rate_per_sec=1,2: unknown key'],
    [['--vary', 'arrival.rate_per_sec=1,2'], 'Did you mean rate_per_s?'],
    [['--vary', 'arrival.rate_per_s=0,1'], 'arrival.rate_per_s must be above 0, got 0'],
    [['--vary', 'arrival.rate_per_s=5..1:1'], 'is empty'],
    [['--vary', 'arrival.rate_per_s='], 'there are no values'],
    [
      ['--vary', 'cluster_mono.num_gpus=1,2', '--set', 'mode=disagg', '--set', 'cluster_disagg={}'],
      'every point runs disagg, which does not use cluster_mono',
    ],
    [['--vary', 'random_seed=1,2'], '--vary random_seed=1,2: every point is run with the same seeds'],
    [['--vary', 'mode=mono', '--metric', 'pools.decode.utilization'], 'Write pools.gpu.utilization.'],
    [[], 'There is nothing to vary'],
    [['--vary', 'arrival.rate_per_s=0.01..40:0.01'], '20,000 runs, more than 5,000. Write --yes'],
    [['--vary', 'mode=mono,disagg', '--metric', 'ttft_s.p98'], 'Did you mean ttft_s.p9'],
    [['--vary', 'mode=mono,disagg', '--replications', '1'], 'It must be at least 2'],
    [
      [
        '--preset',
        'arrival-rate',
        '--set',
        'arrival={process: closed_loop, concurrency: 4, max_requests: 20}',
      ],
      'clients that wait for their answers have none',
    ],
    [['--vary', 'mode=mono,disagg', '-o', 'x.xlsx'], 'Cannot tell the format'],
    [
      ['--vary', 'arrival.rate_per_s=1,2', '--set', 'trace={path: t.csv}'],
      'arrival.rate_per_s=1,2: arrival.rate_per_s has no effect: the trace gives arrivals and lengths',
    ],
  ])('%j', async (args, message) => {
    const { sweep } = here();
    const { code, stdout, stderr } = await sweep(['small.yaml', ...args]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('a combination that cannot run is reported, the others run, and the exit code is 1', async () => {
    const { sweep } = here();
    const { code, stdout } = await sweep([
      'small.yaml',
      ...['--vary', 'warmup_seconds=6,50', '--vary', 'sim_seconds=40,60', '--replications', '2', '--json'],
    ]);
    expect(code).toBe(1);
    const states = JSON.parse(stdout).lines.flatMap(({ points }: { points: { state: string }[] }) =>
      points.map(({ state }) => state),
    );
    expect(states.toSorted()).toEqual(['done', 'done', 'done', 'failed']);
    expect(
      JSON.parse(stdout)
        .document.answer.map(({ text }: { text: string }) => text)
        .join(),
    ).toMatch(/Failed at warmup_seconds 50, sim_seconds 40: .*warmup_seconds/);
  });
});
