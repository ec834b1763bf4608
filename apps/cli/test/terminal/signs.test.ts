/** A terminal without UTF-8 gets ASCII; files and JSON are what they are everywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inSigns, PLAIN } from '../../src/terminal/signs.ts';
import { folder, llmsim } from '../program.ts';

const C = { LC_ALL: 'C' };
const SHORT = ['--set', 'sim_seconds=120'];

it('our signs have others in ASCII, and what a user has named stays', () => {
  expect(inSigns('TTFT ≤ 1.2 ± 0.1 s · 東京', false)).toBe('TTFT <= 1.2 +- 0.1 s - 東京');
  expect(inSigns(Object.keys(PLAIN).join(''), false)).toMatch(/^[ -~]+$/);
  expect(inSigns('≤', true)).toBe('≤');
});

describe('a terminal without UTF-8', () => {
  it.each([
    ['run', 'steps-mono', '--set', 'sim_seconds=40'],
    ['run', ...SHORT, '--replications', '2', '--theory'],
    ['run', '--help'],
    ['validate', 'steps-mono'],
    ['compare', ...SHORT, '--replications', '2'],
    ['sweep', ...SHORT, '--replications', '2', '--vary', 'arrival.rate_per_s=1,2', '--no-cache'],
    ['plan', 'example', '--dry-run'],
    ['split', 'example', '--dry-run'],
  ])('gets ASCII of %j, in 80 columns', async (...args) => {
    const { code, stdout, stderr } = await llmsim(args, { env: C });
    expect(code).toBe(0);
    expect(`${stdout}${stderr}`).toMatch(/^[ -~\n]+$/);
    for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('gets ASCII of a trace that is too short for most numbers', async () => {
    const stdin = 'arrival_s,prompt_tokens,output_tokens\n0,9,2\n';
    const { stdout } = await llmsim(['trace', 'inspect', '-'], { stdin, env: C });
    expect(stdout).toMatch(/^[ -~\n]+$/);
    expect(stdout).toMatch(/^\S+ - csv - 1 request in 0 s/);
  });

  it('changes no file and no JSON', async () => {
    const cwd = folder();
    const outputs = ['-o', 'r.md', '-o', 'r.html', '-o', '-.json'];
    const ascii = await llmsim(['run', ...SHORT, ...outputs], { cwd, env: C });
    const read = () => ['r.md', 'r.html'].map((name) => readFileSync(join(cwd, name), 'utf8'));
    const files = read();
    const unicode = await llmsim(['run', ...SHORT, ...outputs], { cwd, env: { LC_ALL: 'C.UTF-8' } });
    expect(ascii.stdout).toBe(unicode.stdout);
    expect(files).toEqual(read());
    expect(files[0]).toContain('≤');
  });
});
