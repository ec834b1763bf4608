/** Files that `run` writes: each format parsed back, each file whole or absent. */
import { chmodSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { afterAll, describe, expect, it } from 'vitest';
import { besidesProgress, folder, llmsim } from './program.ts';

const SCENARIO = `
mode: disagg
sim_seconds: 30
warmup_seconds: 3
arrival: {rate_per_s: 6}
prompt_tokens: {mode: real_mean_std, mean: 1500, std: 900}
output_tokens: {mode: real_mean_std, mean: 400, std: 300}
cluster_disagg: {prefill_gpus: 2, decode_gpus: 2, prefill_tokens_per_s: 6000, decode_tokens_per_s: 1000}
slo: {ttft_s: 0.5, tpot_s: 0.05}
`;

const NAMES = ['r.json', 'r.csv', 'r.md', 'r.ndjson', 'r.trace.json', 'r.vllm.json'];

/** One run with every output, and its files. */
async function outputs() {
  const cwd = folder({ 's.yaml': SCENARIO }, afterAll);
  const files = NAMES.flatMap((name) => ['-o', name]);
  const ran = await llmsim(['run', 's.yaml', ...files, '--requests', 'q.csv', '--dump-ttft', 't.json'], {
    cwd,
    env: { SOURCE_DATE_EPOCH: '1700000000' },
  });
  expect({ code: ran.code, said: besidesProgress(ran.stderr) }).toEqual({ code: 0, said: '' });
  // Nothing is left beside what was asked for.
  expect(readdirSync(cwd).sort()).toEqual([...NAMES, 'q.csv', 't.json', 's.yaml'].sort());
  const text = (name: string) => readFileSync(join(cwd, name), 'utf8');
  return { text, result: JSON.parse(text('r.json')), ran };
}

describe('outputs of one run', async () => {
  const { text, result, ran } = await outputs();
  const { report } = result;
  const requests: Array<Record<string, string>> = parse(text('q.csv'), { columns: true });
  const at = (row: Record<string, string>, column: string): number =>
    row[column] ? Number(row[column]) : Number.NaN;

  it('.csv is one row with the numbers of the report under names with units', () => {
    const rows: Array<Record<string, string>> = parse(text('r.csv'), { columns: true });
    expect(rows).toHaveLength(1);
    const [row = {}] = rows;
    expect(Number(row.mean_ttft_s)).toBe(report.ttft_s.mean);
    expect(Number(row.p99_e2e_s)).toBe(report.e2e_s.p99);
    expect(Number(row.utilization_decode)).toBe(report.pools[1].utilization);
    expect(Number(row.goodput_rps)).toBe(report.slo.goodput_rps);
    const parts = [
      'prefill_queue_s',
      'prefill_s',
      'transfer_wait_s',
      'transfer_s',
      'decode_queue_s',
      'first_decode_step_s',
    ];
    const sum = parts.reduce((total, part) => total + Number(row[`mean_${part}`]), 0);
    expect(sum).toBeCloseTo(report.ttft_s.mean, 9);
    expect(row.config_hash).toBe(result.config_hash);
  });

  it('.md has the verdict and a table row for each latency', () => {
    const markdown = text('r.md');
    expect(markdown).toContain(`**${ran.stdout.split('\n')[2]?.slice(2, 8)}`);
    expect(markdown).toMatch(/^\| TTFT( \| [\d.,]+ m?s){6} \|$/m);
    expect(markdown).toContain(result.config_hash.slice(0, 12));
  });

  it('--requests has one row per request, in id order, with times that add up', () => {
    expect(Object.keys(requests[0] ?? {}).join()).toBe(
      'id,arrival_s,prompt_tokens,output_tokens,outcome,prefill_start_s,prefill_end_s,decode_start_s,first_token_s,completed_s',
    );
    expect(requests.map(({ id }) => Number(id))).toEqual(requests.map((_, id) => id));
    expect(requests).toHaveLength(report.outcomes.arrivals);
    const completed = requests.filter(({ outcome }) => outcome === 'completed');
    expect(completed).toHaveLength(report.outcomes.completed);
    for (const row of completed) {
      const instants = ['arrival_s', 'prefill_start_s', 'prefill_end_s', 'decode_start_s', 'first_token_s'];
      const times = [...instants, 'completed_s'].map((column) => at(row, column));
      expect(times).toEqual([...times].sort((a, b) => a - b));
      expect(at(row, 'prefill_end_s') - at(row, 'prefill_start_s')).toBeCloseTo(
        at(row, 'prompt_tokens') / 6000,
        9,
      );
    }
    expect(requests[0]?.arrival_s?.replace(/^0\.0*|\./g, '')).toHaveLength(17);
    const waiting = requests.find(
      ({ outcome, first_token_s }) => outcome === 'in_flight' && first_token_s === '',
    );
    expect(waiting).toBeDefined();
  });

  it('--dump-ttft has every sample of the window', () => {
    const samples: number[] = JSON.parse(text('t.json'));
    const expected = requests
      .filter((row) => at(row, 'first_token_s') >= 3 && row.outcome === 'completed')
      .map((row) => at(row, 'first_token_s') - at(row, 'arrival_s'));
    expect(samples).toHaveLength(report.ttft_s.count);
    expect(samples.length).toBeGreaterThanOrEqual(expected.length);
    const mean = samples.reduce((sum, value) => sum + value, 0) / samples.length;
    expect(mean).toBeCloseTo(report.ttft_s.mean, 9);
  });

  it('.ndjson is in order of time and accounts for every request', () => {
    const events = text('r.ndjson')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    const times = events.map(({ time_s }) => time_s);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    const count = (name: string) => events.filter(({ event }) => event === name).length;
    expect(count('arrival')).toBe(report.outcomes.arrivals);
    expect(count('completion')).toBe(report.outcomes.completed);
    expect(count('service_start')).toBe(
      requests.filter(({ prefill_start_s }) => prefill_start_s).length +
        requests.filter(({ decode_start_s }) => decode_start_s).length,
    );
    expect(events.at(-1)).toMatchObject({ event: 'end', finished: true, outcomes: report.outcomes });
  });

  it('.ndjson ends with what the run was made from', () => {
    const { version, config_hash, seed, config } = JSON.parse(
      text('r.ndjson').trim().split('\n').at(-1) ?? '',
    );
    expect({ version, config_hash, seed, config }).toEqual({
      version: result.version,
      config_hash: result.config_hash,
      seed: result.seed,
      config: result.config,
    });
  });

  it('.trace.json keeps the rules of the Trace Event Format', () => {
    const { traceEvents } = JSON.parse(text('r.trace.json'));
    expect(new Set(traceEvents.map(({ ph }: { ph: string }) => ph))).toEqual(new Set(['X', 'C', 'M']));
    for (const event of traceEvents) {
      expect(event).toMatchObject({
        name: expect.any(String),
        pid: expect.any(Number),
        ts: expect.any(Number),
      });
    }
    const slices = traceEvents.filter(({ ph }: { ph: string }) => ph === 'X');
    const busy_s = new Map<string, number>();
    const tracks = new Map<string, Array<{ ts: number; dur: number }>>();
    for (const { name, pid, tid, ts, dur } of slices) {
      expect(dur).toBeGreaterThanOrEqual(0);
      busy_s.set(name, (busy_s.get(name) ?? 0) + dur / 1e6);
      const track = `${pid} ${tid}`;
      tracks.set(track, [...(tracks.get(track) ?? []), { ts, dur }]);
    }
    // 2 + 2 GPUs, each with one request at a time.
    expect(tracks.size).toBe(4);
    for (const track of tracks.values()) {
      track.sort((a, b) => a.ts - b.ts);
      for (const [index, { ts }] of track.entries()) {
        const before = track[index - 1];
        if (before !== undefined) expect(ts).toBeGreaterThanOrEqual(before.ts + before.dur - 1e-3);
      }
    }
    const spent = (from: string, to: string) =>
      requests.reduce((sum, row) => {
        const start = at(row, from);
        return Number.isNaN(start)
          ? sum
          : sum + Math.min(30, Number.isNaN(at(row, to)) ? 30 : at(row, to)) - start;
      }, 0);
    expect(busy_s.get('prefill')).toBeCloseTo(spent('prefill_start_s', 'prefill_end_s'), 6);
    expect(busy_s.get('decode')).toBeCloseTo(spent('decode_start_s', 'completed_s'), 6);
  });

  it('.vllm.json has the keys of vllm bench serve and ours under one', () => {
    const vllm = JSON.parse(text('r.vllm.json'));
    const statistics = ['ttft', 'tpot', 'itl', 'e2el'].flatMap((name) =>
      ['mean', 'median', 'std', 'p99'].map((statistic) => `${statistic}_${name}_ms`),
    );
    expect(Object.keys(vllm)).toEqual([
      ...[
        'date',
        'num_prompts',
        'request_rate',
        'burstiness',
        'max_concurrency',
        'duration',
        'completed',
        'failed',
      ],
      ...['total_input_tokens', 'total_output_tokens', 'request_throughput', 'request_goodput'],
      ...['output_throughput', 'total_token_throughput', ...statistics],
      ...['input_lens', 'output_lens', 'ttfts', 'itls', 'start_times', 'llmsim'],
    ]);
    expect(vllm.date).toBe('20231114-221320');
    expect(vllm.completed).toBe(report.completed_in_window);
    expect(vllm.completed / vllm.duration).toBeCloseTo(vllm.request_throughput, 12);
    expect(vllm.total_output_tokens / vllm.duration).toBeCloseTo(vllm.output_throughput, 9);
    expect(vllm.mean_ttft_ms).toBeCloseTo(report.ttft_s.mean * 1000, 9);
    expect(vllm.p99_e2el_ms).toBeCloseTo(report.e2e_s.p99 * 1000, 9);
    for (const column of ['input_lens', 'output_lens', 'ttfts', 'itls', 'start_times']) {
      expect(vllm[column]).toHaveLength(vllm.completed);
    }
    // Every token after the first has a gap.
    expect(vllm.itls.map((gaps: number[]) => gaps.length + 1)).toEqual(vllm.output_lens);
  });

  it('.vllm.json of clients that wait has their number, and every request of a run that ends by itself', async () => {
    const cwd = folder();
    const closed = ['--set', 'arrival={process: closed_loop, concurrency: 8, max_requests: 40}'];
    const { code } = await llmsim(
      ['run', 'steps-mono', '-q', '--set', 'warmup_seconds=0', ...closed, '-o', 'c.vllm.json'],
      { cwd },
    );
    expect(code).toBe(0);
    const vllm = JSON.parse(readFileSync(join(cwd, 'c.vllm.json'), 'utf8'));
    expect(vllm).toMatchObject({ request_rate: 'inf', burstiness: 1, max_concurrency: 8 });
    expect(vllm).toMatchObject({ num_prompts: 40, completed: 40, failed: 0 });
    expect(vllm.ttfts).toHaveLength(40);
    expect(vllm.total_output_tokens / vllm.duration).toBeCloseTo(vllm.output_throughput, 9);
  });

  it('every JSON of ours runs again', async () => {
    const cwd = folder({ 'r.vllm.json': text('r.vllm.json') });
    const { stdout } = await llmsim(['run', 'r.vllm.json', '--json'], { cwd });
    expect(JSON.parse(stdout)).toEqual(result);
  });
});

describe('an output on standard output', () => {
  it('- is JSON, -.csv is CSV, --requests - is rows; the report for people stays away', async () => {
    const [json, csv, rows] = await Promise.all([
      llmsim(['run', 'light-load', '-o', '-']),
      llmsim(['run', 'light-load', '-o', '-.csv']),
      llmsim(['run', 'light-load', '--requests', '-']),
    ]);
    expect(JSON.parse(json.stdout).mode).toBe('disagg');
    expect(parse(csv.stdout)).toHaveLength(2);
    expect(rows.stdout).toMatch(/^id,arrival_s,/);
  });

  it('has room for one', async () => {
    const { code, stderr } = await llmsim(['run', '--json', '--requests', '-']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Only one output/);
  });
});

it('two outputs in one file are refused before anything is simulated', async () => {
  const cwd = folder();
  const ran = await llmsim(['run', '-o', 'r.json', '--requests', join(cwd, 'r.json')], { cwd });
  expect(ran).toMatchObject({ code: 2, stdout: '' });
  expect(ran.stderr).toMatch(/r\.json: another output goes there, too\n$/);
  expect(readdirSync(cwd)).toEqual([]);
});

describe('an output that cannot be written', () => {
  it.each([
    ['a folder that is not there', 'no/r.json', /no\/r\.json: there is no such file or folder/],
    ['a folder', 'd.json', /d\.json: it is a folder/],
    ['below a file', 's.yaml/r.json', /a part of the path is not a folder/],
    ['no known extension', 'r.xlsx', /must be one of .*\.json/],
  ])('%s: says so before the run', async (_, path, reason) => {
    const cwd = folder({ 's.yaml': SCENARIO });
    mkdirSync(join(cwd, 'd.json'));
    const { code, stdout, stderr } = await llmsim(['run', 's.yaml', '-o', 'first.csv', '-o', path], { cwd });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(reason);
    expect(readdirSync(cwd).sort()).toEqual(['d.json', 's.yaml']);
  });

  it('a folder without permission: says so and keeps what is there', async ({ skip }) => {
    const cwd = folder({ 's.yaml': SCENARIO, 'r.json': 'mine' });
    chmodSync(cwd, 0o555);
    // Permissions do not bind root, so then somebody else runs it.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    if ((await llmsim(['--version'], nobody)).code !== 0) skip('somebody else cannot read the program');
    const { code, stderr } = await llmsim(['run', 's.yaml', '-o', 'r.json'], { cwd, ...nobody });
    expect(stderr).toMatch(/r\.json: permission denied/);
    expect(code).toBe(2);
    expect(readFileSync(join(cwd, 'r.json'), 'utf8')).toBe('mine');
    chmodSync(cwd, 0o755);
  });
});
