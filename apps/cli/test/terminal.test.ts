/** Manners: pipes that close, colour, Ctrl-C, progress, help. */
import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { promisify, stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { entry } from '../build.mjs';
import { folder, llmsim } from './program.ts';

const shell = promisify(execFile);
/** Longer than anybody waits, in constant memory. */
const ENDLESS = ['--request-rate', '2', '--set', 'sim_seconds=1e9', '--set', 'quantiles=histogram'];

describe('a reader that goes away', () => {
  it('ends the program quietly', async () => {
    const pipe = `"${process.execPath}" "${entry}" run -o -.ndjson | head -1; echo "\${PIPESTATUS[0]}"`;
    const { stdout, stderr } = await shell('bash', ['-c', pipe]);
    expect(stderr).toBe('');
    expect(stdout).toMatch(/^\{"event":"arrival".*\}\n0\n$/);
  });
});

it('standard output that takes nothing more is said in words', async () => {
  const full = shell('bash', ['-c', `"${process.execPath}" "${entry}" run > /dev/full`]);
  await expect(full).rejects.toMatchObject({
    code: 2,
    stderr: 'error: Cannot write standard output: no space left on the device\n',
  });
});

describe('colour', () => {
  const ESCAPE = '\u001b[';
  it('is for terminals; NO_COLOR wins over FORCE_COLOR', async () => {
    const [plain, forced, neither] = await Promise.all([
      llmsim(['run']),
      llmsim(['run'], { env: { FORCE_COLOR: '1' } }),
      llmsim(['run'], { env: { FORCE_COLOR: '1', NO_COLOR: '1' } }),
    ]);
    expect(plain.stdout).not.toContain(ESCAPE);
    expect(forced.stdout).toContain(ESCAPE);
    expect(neither).toEqual(plain);
    expect(stripVTControlCharacters(forced.stdout)).toBe(plain.stdout);
  });
});

describe('Ctrl-C', () => {
  it('keeps what is finished, says that it is partial and exits with 130', async () => {
    const cwd = folder();
    const args = ['run', ...ENDLESS, '-o', 'r.csv'];
    const { code, stdout, stderr } = await llmsim(args, { cwd, interruptAt: /requests done/ });
    expect(code).toBe(130);
    expect(stdout).toMatch(/The run was stopped at [\d,.]+ s/);
    expect(stdout).toMatch(/^TTFT /m);
    // Progress came as plain lines: standard error is no terminal.
    expect(stderr).toMatch(/^\d+ % · [\d,]+ requests done · [\d.]+ [kM]? ?requests\/s · \S+ left\n/);
    expect(stderr).not.toContain('\r');
    expect(readdirSync(cwd)).toEqual(['r.csv']);
  });

  it('a partial result says so in JSON', async () => {
    const { code, stdout } = await llmsim(['run', ...ENDLESS, '--json'], { interruptAt: /requests done/ });
    expect(code).toBe(130);
    const { finished, report } = JSON.parse(stdout);
    expect(finished).toBe(false);
    expect(report.end_s).toBeLessThan(1e9);
    const { arrivals, completed, rejected, in_flight } = report.outcomes;
    expect(completed + rejected + in_flight).toBe(arrivals);
  });
});

describe('help', () => {
  it('fits 80 columns and goes to standard output', async () => {
    const commands = [[], ['run'], ['validate'], ['scenarios'], ['init'], ['schema'], ['completion']];
    const traces = [['trace'], ['trace', 'inspect'], ['trace', 'convert']];
    const pages = await Promise.all(
      [...commands, ...traces].map((command) => llmsim([...command, '--help'])),
    );
    for (const { code, stdout, stderr } of pages) {
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      expect(stdout).toMatch(/^Usage: llmsim/);
      expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
    }
  });

  it('--version is that of the package', async () => {
    const { stdout } = await llmsim(['--version']);
    expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
