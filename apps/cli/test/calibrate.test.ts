/** `llmsim calibrate`: a simulated engine gives back its step times through files, and bad files are refused. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { folder, llmsim } from './program.ts';

const SCENARIO = `
mode: mono
warmup_seconds: 0
arrival: {rate_per_s: 5, max_requests: 250}
cluster_mono:
  model: steps
  replicas: 1
  replica:
    step_time: {base_s: 0.008, prefill_token_s: 4.0e-5, decode_seq_s: 5.0e-5, decode_context_token_s: 6.0e-8, prefill_attention_s: 0}
`;
const TRUTH = {
  base_s: 0.008,
  prefill_token_s: 4e-5,
  decode_seq_s: 5e-5,
  decode_context_token_s: 6e-8,
};

async function simulated(): Promise<string> {
  const cwd = folder({ 's.yaml': SCENARIO }, afterAll);
  const run = ['run', 's.yaml', '-q'];
  const [busy, quiet] = await Promise.all([
    llmsim([...run, '-o', 'busy.vllm.json', '--requests', 'busy.csv'], { cwd }),
    llmsim([...run, '--request-rate', '0.5', '-o', 'quiet.vllm.json'], { cwd }),
  ]);
  expect([busy, quiet]).toMatchObject([
    { code: 0, stderr: '' },
    { code: 0, stderr: '' },
  ]);
  return cwd;
}

describe('calibrate', async () => {
  const cwd = await simulated();

  it.each([
    ['the result of a benchmark', ['--from', 'busy.vllm.json'], 250],
    ['rows of requests', ['--from', 'busy.csv'], 250],
    ['two runs together', ['--from', 'busy.vllm.json', '--from', 'quiet.vllm.json'], 500],
  ])('finds the step times again from %s', async (_, from, rows) => {
    const { code, stdout, stderr } = await llmsim(['calibrate', ...from, '--json'], { cwd });
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const fit = JSON.parse(stdout);
    expect(fit.rows).toBe(rows);
    for (const [name, value] of Object.entries(TRUTH)) {
      expect(Math.abs(fit.step_time[name] / value - 1), name).toBeLessThan(0.03);
    }
    expect(fit.leave_one_out.mean).toBeLessThan(0.001);
    expect(fit.leave_one_out.mean).toBeGreaterThanOrEqual(fit.error.mean);
  });

  it('takes every line of a file to which runs were appended as a run', async () => {
    const lines = ['busy', 'quiet'].map((name) => {
      const { llmsim: _, ...result } = JSON.parse(readFileSync(join(cwd, `${name}.vllm.json`), 'utf8'));
      return result;
    });
    const text = lines.map((result) => JSON.stringify(result)).join('\n');
    const appended = await llmsim(['calibrate', '--from', '-', '--json'], { stdin: text });
    const apart = ['--from', 'busy.vllm.json', '--from', 'quiet.vllm.json'];
    const { step_time } = JSON.parse((await llmsim(['calibrate', ...apart, '--json'], { cwd })).stdout);
    expect(JSON.parse(appended.stdout)).toMatchObject({ rows: 500, step_time });
    const broken = `${JSON.stringify(lines[0])}\n{"ttfts": []}\n`;
    const { code, stderr } = await llmsim(['calibrate', '--from', '-'], { stdin: broken });
    expect({ code, stderr }).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(
        /^error: <stdin>:2: input_lens, output_lens, itls, start_times are missing/,
      ),
    });
  });

  it('writes YAML that a replica takes, and runs like what it was fitted to', async () => {
    const { stdout } = await llmsim(['calibrate', '--from', 'busy.vllm.json', '-o', '-.yaml'], { cwd });
    const fitted = stdout
      .split('\n')
      .filter((line) => line.startsWith('  '))
      .map((line) => line.trim())
      .join(', ');
    const set = `cluster_mono.replica.step_time={${fitted}}`;
    const [real, again] = await Promise.all([
      llmsim(['run', 's.yaml', '--json'], { cwd }),
      llmsim(['run', 's.yaml', '--json', '--set', set], { cwd }),
    ]);
    const p99 = ({ stdout }: { stdout: string }): number => JSON.parse(stdout).p99_ttft_s;
    expect(p99(again) / p99(real)).toBeCloseTo(1, 1);
  });

  it('shows people the fit, its error, what it does not know, and the YAML', async () => {
    const { stdout } = await llmsim(['calibrate', '--from', 'busy.csv', '-o', 'fit.json', '-o', 'fit.yaml'], {
      cwd,
    });
    const { step_time } = JSON.parse(readFileSync(join(cwd, 'fit.json'), 'utf8'));
    const yaml = readFileSync(join(cwd, 'fit.yaml'), 'utf8');
    expect(stdout).toContain('250 requests of busy.csv');
    expect(stdout).toContain('leave-one-out');
    expect(stdout).toContain(`base_s: ${Number(step_time.base_s.toPrecision(6))}`);
    expect(yaml).toContain(`base_s: ${Number(step_time.base_s.toPrecision(6))}`);
    expect(yaml).toMatch(/^# Step times fitted by llmsim/);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('reads rows of steps', async () => {
    const rows = Array.from({ length: 30 }, (_, i) => {
      const [prompt, seqs] = [(i % 3) * 500, 1 + (i % 7)];
      const context = seqs * (100 + 97 * i);
      return [prompt, seqs, context, 0.01 + 2e-5 * prompt + 1e-4 * seqs + 3e-8 * context].join(',');
    });
    const stdin = ['prefill_tokens,decode_seqs,decode_context_tokens,seconds', ...rows].join('\n');
    const { stdout } = await llmsim(['calibrate', '--from', '-', '--json'], { stdin });
    const { of, step_time } = JSON.parse(stdout);
    expect(of).toBe('steps');
    expect(step_time.prefill_token_s).toBeCloseTo(2e-5, 10);
    expect(step_time.decode_context_token_s).toBeCloseTo(3e-8, 12);
  });

  it('says how many requests of a run it does not see', async () => {
    const result = JSON.parse(readFileSync(join(cwd, 'busy.vllm.json'), 'utf8'));
    result.output_lens[3] = 0;
    const { code, stderr } = await llmsim(['calibrate', '--from', '-', '--json'], {
      stdin: JSON.stringify(result),
    });
    expect(code).toBe(0);
    expect(stderr).toMatch(/^warning: <stdin>: 1 request of the run is not in it/);
  });
});

const HEADER = 'prompt_tokens,output_tokens,first_token_s,completed_s';

describe('calibrate refuses', () => {
  it.each([
    ['a result without details', '{"ttfts": []}', 'input_lens, output_lens, itls, start_times are missing'],
    ['text that is not JSON', '{"ttfts": [', '<stdin>: this is not JSON, and may be cut short'],
    [
      'lists that do not match',
      '{"input_lens": [1], "output_lens": [1, 2], "ttfts": [1, 2], "itls": [[], []], "start_times": [1, 2]}',
      '<stdin>:input_lens: it has 1 entries, and output_lens 2',
    ],
    [
      'gaps that are not numbers',
      '{"input_lens": [1], "output_lens": [3], "ttfts": [1], "itls": [[0.1, "x"]], "start_times": [1]}',
      '<stdin>:itls[0]: all of it must be numbers',
    ],
    ['unknown columns', 'a,b\n1,2', '<stdin>:1:1: the columns are neither those of requests'],
    ['a cell behind a quoted comma', `note,${HEADER}\n"a,b",5,9,1,x\n`, '<stdin>:2:13: completed_s must be'],
    [
      'a cell behind a quoted line end',
      `note,${HEADER}\n"a\nb",5,9,1,x\n`,
      '<stdin>:3:10: completed_s must be',
    ],
    ['blank lines before a mistake', `${HEADER}\r\n\r\n\r\n5,9,1,x\r\n`, '<stdin>:4:7: completed_s must be'],
    [
      'a quote that never closes',
      `${HEADER}\n5,9,1,2\n\n5,"9,1,2\n5,9,1,2\n`,
      '<stdin>:4:3: a quote opens here and never closes. Close it, or remove it.',
    ],
    ['a quote inside a cell', `${HEADER}\n5,9"x,1,2\n`, '<stdin>:2:3: a quote stands where none may.'],
    [
      'a number that is not decimal',
      `${HEADER}\n0x10,9,1,2\n`,
      '<stdin>:2:1: prompt_tokens must be a number',
    ],
    [
      'an empty cell',
      `${HEADER}\n5,,1,2\n`,
      '<stdin>:2:3: output_tokens must be a number of at least 0, got nothing.',
    ],
    ['a column twice', `${HEADER},output_tokens\n5,9,1,2,9\n`, 'two columns output_tokens. Rename or remove'],
    [
      'semicolons',
      `${HEADER.replaceAll(',', ';')}\n5;9;1;2\n`,
      '<stdin>:1:1: the columns are not separated by commas',
    ],
    ['what is no text', '\u0000\u0001', '<stdin>:1:1: this is not UTF-8 text.'],
    [
      'a cell that is no number',
      `${HEADER}\n5,9,1,x\n`,
      '<stdin>:2:7: completed_s must be a number of at least 0, got "x"',
    ],
    [
      'a last token before the first',
      `${HEADER}\n5,9,2,1\n`,
      '<stdin>:2:1: the last of 9 tokens must come after',
    ],
    [
      'thousands separators',
      `${HEADER}\n1,024,9,1,2\n`,
      '<stdin>:2:11: this row has 5 cells, the header has 4.',
    ],
    ['too few requests', `${HEADER}\n5,9,1,2\n`, 'Too few requests with two output tokens or more: 1,'],
    ['an empty file', '', '<stdin>:1:1: the file is empty'],
  ])('%s', async (_, stdin, message) => {
    const { code, stdout, stderr } = await llmsim(['calibrate', '--from', '-'], { stdin });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain(message);
  });

  it('every problem of every file at once', async () => {
    const cwd = folder({ 'a.csv': `${HEADER}\n0,2,1,2\n1,x,1,2\n`, 'b.json': '{}' });
    const { stderr } = await llmsim(['calibrate', '--from', 'a.csv', '--from', 'b.json'], { cwd });
    expect(stderr).toContain('a.csv:2:1: a prompt has');
    expect(stderr).toContain('a.csv:3:3: output_tokens must');
    expect(stderr).toContain('b.json: input_lens');
  });

  it('a run of several replicas, and an output of no known format', async () => {
    const cwd = folder();
    await llmsim(
      ['run', 'steps-mono', '-q', '--set', 'sim_seconds=5', '--set', 'warmup_seconds=0', '-o', 'r.vllm.json'],
      { cwd },
    );
    const several = await llmsim(['calibrate', '--from', 'r.vllm.json'], { cwd });
    expect(several).toMatchObject({ code: 2, stdout: '' });
    expect(several.stderr).toContain('4 replicas');
    const odd = await llmsim(['calibrate', '--from', 'r.vllm.json', '-o', 'x.txt'], { cwd });
    expect(odd.code).toBe(2);
    expect(odd.stderr).toContain('the extension must be one of .yaml .yml .json');
  });
});
