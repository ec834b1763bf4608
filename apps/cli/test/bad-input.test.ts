/** Every mistake a user can make: its place or its reason, the right exit code, and no stack trace. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folder, llmsim } from './program.ts';

/** Runs `run` and returns its complaint. */
async function complaint(args: readonly string[], code: number, cwd: string): Promise<string> {
  const ran = await llmsim(['run', ...args], { cwd });
  expect(ran.stdout).toBe('');
  expect(ran.stderr).not.toMatch(/^\s+at /m);
  expect(ran.code, ran.stderr).toBe(code);
  return ran.stderr;
}

describe('a scenario', () => {
  it.each([
    ['an empty file', '', /s\.yaml:1:1: .*empty/],
    ['tabs', 'mode: mono\narrival:\n\trate_per_s: 2\n', /s\.yaml:3:1: /],
    ['a duplicate key', 'mode: mono\nmode: disagg\n', /s\.yaml:2:1: .*mode/],
    ['an unknown key, with the nearest', 'arrival: {rate_per_sec: 2}\n', /s\.yaml:1:11: .*rate_per_s/],
    ['a wrong type', 'sim_seconds: long\n', /s\.yaml:1:14: sim_seconds/],
    ['NaN', 'arrival: {rate_per_s: .nan}\n', /s\.yaml:1:23: .*rate_per_s/],
    ['infinity', 'sim_seconds: .inf\n', /s\.yaml:1:14: sim_seconds/],
    ['a rate of zero', 'arrival: {rate_per_s: 0}\n', /s\.yaml:1:23: .*rate_per_s/],
    ['a negative count', 'cluster_mono: {num_gpus: -1}\n', /s\.yaml:1:26: .*num_gpus/],
    [
      'p90 ≤ p50',
      'prompt_tokens: {mode: p50_p90, p50: 9, p90: 9}\n',
      /s\.yaml:1:45: .*p90 must be above p50/,
    ],
    ['warm-up ≥ duration', 'sim_seconds: 60\nwarmup_seconds: 60\n', /s\.yaml:2:17: warmup_seconds/],
    ['not YAML', '{{{{', /s\.yaml:1:\d+: /],
    ['not a mapping', '- 1\n', /s\.yaml:1:1: /],
    ['not text', 'mode\u0000', /s\.yaml:1:1: this is not UTF-8 text\. Unpack it/],
    [
      'a result of another version',
      '{"version": "9.1.0", "config_hash": "0", "config": {}}',
      /s\.yaml: it was made by llmsim 9\.1\.0, whose results this version does not read\./,
    ],
  ])('%s', async (_, text, expected) => {
    const cwd = folder({ 's.yaml': text });
    expect(await complaint(['s.yaml'], 2, cwd)).toMatch(expected);
  });

  it('says all problems at once', async () => {
    const cwd = folder({ 's.yaml': 'sim_seconds: -1\nmode: both\ncluster_mono: {num_gpus: x}\n' });
    const stderr = await complaint(['s.yaml'], 2, cwd);
    expect(stderr).toMatch(/3 problems\ns\.yaml:1:14: .*\ns\.yaml:2:7: .*\ns\.yaml:3:26: /);
  });

  it('a missing file, with the scenario that was meant', async () => {
    expect(await complaint(['heavy-lod'], 2, folder())).toMatch(/no such file.*heavy-load\?/);
  });

  it('a folder instead of a file', async () => {
    expect(await complaint(['.'], 2, folder())).toMatch(/Cannot read \.: it is a folder/);
  });

  it('a rate at which memory would run out, before it does', async () => {
    const stderr = await complaint(['--request-rate', '1e12'], 2, folder());
    expect(stderr).toMatch(/--request-rate 1e12: .*requests would need .* of memory/);
  });

  it('a run that ends before anything is measured', async () => {
    const stderr = await complaint(['--num-prompts', '20', '-o', 'r.json'], 2, folder());
    expect(stderr).toMatch(/Nothing was measured: .* before warmup_seconds/);
  });

  it('samples of a run that keeps none', async () => {
    const args = ['--set', 'quantiles=histogram', '--dump-ttft', 't.json'];
    expect(await complaint(args, 2, folder())).toMatch(/--dump-ttft needs every sample/);
  });

  it('a flag: by the name that was typed', async () => {
    const cwd = folder();
    expect(await complaint(['--request-rate', 'fast'], 2, cwd)).toMatch(/^error: --request-rate fast: /);
    expect(await complaint(['--set', 'arival.rate_per_s=1'], 2, cwd)).toMatch(/--set arival.*arrival/);
    expect(await complaint(['--num-prompts', '0'], 2, cwd)).toMatch(/whole number of at least 1/);
    expect(await complaint(['--sed', '1'], 2, cwd)).toMatch(/Did you mean .*--seed/);
  });
});

describe('a trace', () => {
  const HEAD = 'arrival_s,prompt_tokens,output_tokens\n';
  it.each([
    ['a bad cell', `${HEAD}0,10,10\n1,abc,10\n`, /t\.csv:3:3: .*prompt_tokens/],
    ['out of order', `${HEAD}5,10,10\n1,10,10\n`, /t\.csv:3:1: .*before the one above/],
    ['a response of length zero', `${HEAD}0,10,0\n`, /t\.csv:2:6: .*output_tokens/],
    ['no rows', HEAD, /t\.csv:1:1: no requests/],
    ['an empty file', '', /t\.csv:1:1: .*empty/],
    ['unknown columns', 'a,b\n1,2\n', /t\.csv:1:1: /],
    ['a missing cell', `${HEAD}0,10\n`, /t\.csv:2:/],
  ])('%s', async (_, text, expected) => {
    const cwd = folder({ 't.csv': text });
    expect(await complaint(['--trace', 't.csv'], 4, cwd)).toMatch(expected);
  });

  it('a missing file', async () => {
    expect(await complaint(['--trace', 'no.csv'], 4, folder())).toMatch(/no\.csv: there is no such file/);
  });

  it('a missing file that a scenario names: where it does, and where paths start', async () => {
    const cwd = folder({ 's.yaml': 'mode: mono\ntrace: {path: no.csv}\n' });
    const start = /there is no file .*no\.csv\. A relative trace\.path starts at the folder of the scenario/;
    const named = await complaint(['s.yaml'], 4, cwd);
    expect(named).toMatch(/^error: s\.yaml:2:15: /);
    expect(named).toMatch(start);
    const set = await complaint(['example', '--set', 'trace.path=no.csv'], 4, cwd);
    expect(set).toMatch(/^error: --set trace\.path=no\.csv: /);
    expect(set).toMatch(start);
    expect(await complaint(['s.yaml', '--set', 'trace.path=.'], 4, cwd)).toMatch(/ is a folder\. /);
  });

  it('a warm-up beyond its end', async () => {
    const cwd = folder({ 't.csv': `${HEAD}0,10,10\n1,10,10\n` });
    expect(await complaint(['--trace', 't.csv'], 2, cwd)).toMatch(/warmup_seconds/);
  });

  it('--request-rate beside it', async () => {
    const stderr = await complaint(['azure-conv-mono', '--request-rate', '3'], 2, folder());
    expect(stderr).toMatch(/no effect on a trace.*time_scale/);
  });
});

describe('the command itself', () => {
  it('an unknown command, with the nearest', async () => {
    const { code, stdout, stderr } = await llmsim(['rnu']);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/unknown command 'rnu'[\s\S]*Did you mean run\?/);
  });

  it('no command: help, as an error', async () => {
    const { code, stderr } = await llmsim([]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/Usage: llmsim/);
  });

  it('init on an existing file', async () => {
    const cwd = folder({ 'scenario.yaml': 'mine' });
    const { code, stderr } = await llmsim(['init'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toMatch(/scenario\.yaml exists/);
  });

  it('trace convert into a folder that is not there leaves nothing', async () => {
    const cwd = folder({ 't.csv': 'arrival_s,prompt_tokens,output_tokens\n0,1,1\n' });
    const { code, stderr } = await llmsim(
      ['trace', 'convert', 't.csv', join('no', 't.jsonl'), '--to', 'jsonl'],
      { cwd },
    );
    expect(code).toBe(2);
    expect(stderr).toMatch(/there is no such file or folder/);
  });
});
