/** Replays, `trace inspect` and `trace convert`. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folder, llmsim } from './program.ts';

interface Case {
  readonly mode: 'mono' | 'disagg';
  readonly model: string;
  readonly sim_seconds: number;
  readonly warmup_seconds: number;
  readonly cluster: object;
  readonly requests: ReadonlyArray<readonly number[]>;
  readonly expected_columns: readonly string[];
  readonly expected: ReadonlyArray<ReadonlyArray<number | null>>;
  readonly summary: Readonly<Record<string, number>>;
}

const conformance = new URL('../../../packages/engine/test/conformance/', import.meta.url);
const AZURE = new URL('../../../configs/traces/azure-llm-2023-conv.csv', import.meta.url).pathname;

describe('conformance cases through --trace and --requests', () => {
  for (const file of readdirSync(conformance)) {
    const example: Case = JSON.parse(readFileSync(new URL(file, conformance), 'utf8'));
    it.runIf(example.model === 'token_rate')(file, async () => {
      const { mode, sim_seconds, warmup_seconds, cluster, requests, expected, expected_columns } = example;
      const cwd = folder({
        'c.json': JSON.stringify({ mode, sim_seconds, warmup_seconds, [`cluster_${mode}`]: cluster }),
        't.csv': ['arrival_s,prompt_tokens,output_tokens', ...requests.map((row) => row.join())].join('\n'),
      });
      const args = ['run', 'c.json', '--trace', 't.csv', '--requests', 'q.csv', '--json'];
      const { code, stdout, stderr } = await llmsim(args, { cwd });
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const rows: Array<Record<string, string>> = parse(readFileSync(join(cwd, 'q.csv')), { columns: true });
      expect(rows).toHaveLength(expected.length);
      for (const [id, row] of rows.entries()) {
        expect([row.arrival_s, row.prompt_tokens, row.output_tokens].map(Number)).toEqual(requests[id]);
        for (const [index, column] of expected_columns.entries()) {
          const instant = expected[id]?.[index] ?? null;
          if (instant === null) expect(row[column], `${column} of ${id}`).toBe('');
          else
            expect(Math.abs(Number(row[column]) - instant)).toBeLessThanOrEqual(1e-9 * Math.max(1, instant));
        }
      }
      const result = JSON.parse(stdout);
      for (const name of [
        'num_samples',
        'mean_ttft_s',
        'p50_ttft_s',
        'p90_ttft_s',
        'p99_ttft_s',
        'throughput_rps',
      ]) {
        expect(result[name], name).toBeCloseTo(example.summary[name] ?? Number.NaN, 9);
      }
    });
  }
});

describe('a replay', () => {
  const TRACE = `arrival_s,prompt_tokens,output_tokens\n${Array.from({ length: 90 }, (_, i) => `${i},${100 + i},${10 + i}\n`).join('')}`;

  it('reads the trace from standard input', async () => {
    const cwd = folder({ 't.csv': TRACE });
    const [piped, named] = await Promise.all([
      llmsim(['run', '--trace', '-', '--json'], { stdin: TRACE }),
      llmsim(['run', '--trace', 't.csv', '--json'], { cwd }),
    ]);
    expect(JSON.parse(piped.stdout).report).toEqual(JSON.parse(named.stdout).report);
    expect(JSON.parse(piped.stdout).config_hash).toBe(JSON.parse(named.stdout).config_hash);
  });

  it('takes a path in a scenario from the folder of the scenario, and runs again from its result', async () => {
    const cwd = folder({ 't.csv': TRACE, 's.yaml': 'trace: {path: t.csv}\n' });
    const elsewhere = folder();
    const first = await llmsim(['run', join(cwd, 's.yaml'), '-o', 'r.json', '--quiet'], { cwd: elsewhere });
    expect(first).toEqual({ code: 0, stdout: '', stderr: '' });
    const again = await llmsim(['run', join(elsewhere, 'r.json'), '-o', join(elsewhere, 'again.json'), '-q']);
    expect(again).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(readFileSync(join(elsewhere, 'again.json'), 'utf8')).toBe(
      readFileSync(join(elsewhere, 'r.json'), 'utf8'),
    );
  });

  it.each([
    ['run', '--replications', '2'],
    ['sweep', '--replications', '2', '--vary', 'cluster_mono.num_gpus=2,4'],
    ['sensitivity', '--replications', '2', '--vary', 'cluster_mono.num_gpus=3..5'],
    ['plan', '--goodput', 'ttft:500', '--max-gpus', '4'],
  ])('runs again from the result of %s with many runs, in another folder', async (command, ...more) => {
    const cwd = folder({ 't.csv': TRACE, 's.yaml': 'warmup_seconds: 0\ntrace: {path: t.csv}\n' });
    const elsewhere = folder();
    const written = join(elsewhere, 'r.json');
    expect(await llmsim([command, 's.yaml', ...more, '-q', '-o', written], { cwd })).toMatchObject({
      code: 0,
    });
    expect(await llmsim(['run', written, '-q'])).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('of a shipped scenario runs again from anywhere', async () => {
    const set = ['--set', 'trace.limit=500'];
    const first = await llmsim(['run', 'azure-conv-mono', ...set, '--json']);
    const again = await llmsim(['run', '-', '--json'], { stdin: first.stdout, cwd: folder() });
    expect(again.stdout).toBe(first.stdout);
  });

  it('--num-prompts limits it', async () => {
    const cwd = folder({ 't.csv': TRACE });
    const { stdout } = await llmsim(['run', '--trace', 't.csv', '--num-prompts', '70', '--json'], { cwd });
    expect(JSON.parse(stdout).report.outcomes).toMatchObject({ arrivals: 70, completed: 70 });
  });
});

describe('trace', () => {
  it('inspect agrees with the published statistics of the Azure trace', async () => {
    const { stdout } = await llmsim(['trace', 'inspect', AZURE, '--json']);
    const trace = JSON.parse(stdout);
    expect(trace).toMatchObject({ format: 'azure', n: 19366 });
    expect(trace.rate_per_s).toBeCloseTo(5.53, 2);
    expect(trace.iat_cv).toBeCloseTo(1.09, 2);
    expect(trace.iod_60s).toBeCloseTo(16.1, 1);
    expect(trace.prompt_tokens).toMatchObject({ p50: 1020, max: 14050 });
    const text = await llmsim(['trace', 'inspect', AZURE]);
    expect(text.stdout).toMatch(/^gap CV +1\.09/m);
    expect(
      Math.max(
        ...text.stdout
          .split('\n')
          .slice(1)
          .map((line) => line.length),
      ),
    ).toBeLessThanOrEqual(80);
  });

  it('convert there and back keeps every request', async () => {
    const cwd = folder();
    const there = await llmsim(['trace', 'convert', AZURE, 'a.jsonl', '--to', 'jsonl', '--limit', '200'], {
      cwd,
    });
    expect(there).toEqual({ code: 0, stdout: '', stderr: '' });
    const csv = ['trace', 'convert', '-', '-', '--to', 'csv'];
    const back = await llmsim(csv, { stdin: readFileSync(join(cwd, 'a.jsonl'), 'utf8') });
    const direct = await llmsim(['trace', 'convert', AZURE, '-', '--to', 'csv', '--limit', '200']);
    expect(back.stdout).toBe(direct.stdout);
    expect(parse(back.stdout)).toHaveLength(201);
  });

  it('warns of a trap and says what a format loses', async () => {
    const rows = Array.from({ length: 40 }, (_, i) => ({
      timestamp: 3000 * Math.floor(i / 4),
      input_length: 600,
      output_length: 9,
      hash_ids: [i, i + 1],
    }));
    const stdin = rows.map((row) => JSON.stringify(row)).join('\n');
    const { code, stderr } = await llmsim(['trace', 'convert', '-', '-', '--to', 'csv'], { stdin });
    expect(code).toBe(0);
    expect(stderr).toMatch(/warning: <stdin>: .*grid of 3 s/);
    expect(stderr).toMatch(/hash ids .* are left out/);
  });

  it('warns of a trace without hash ids where prefixes are kept', async () => {
    const cwd = folder({ 't.csv': 'arrival_s,prompt_tokens,output_tokens\n0,20,3\n60,20,3\n' });
    const keep = ['--set', 'cluster_mono.replica.enable_prefix_caching=true'];
    const args = ['run', 'steps-mono', '--trace', 't.csv', '-q', ...keep];
    const { code, stderr } = await llmsim(args, { cwd });
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'warning: t.csv: it has no hash ids, so enable_prefix_caching finds no prefix again\n',
    });
  });
});
