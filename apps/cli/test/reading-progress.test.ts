/** How far reading and writing is, and Ctrl-C meanwhile: on a terminal, elsewhere, and what is left behind. */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { entry } from '../build.mjs';
import { amountProgress, megabytes } from '../src/terminal/amount-progress.ts';
import { folder, llmsim } from './program.ts';
import { atTerminal, hasPseudoTerminals } from './pseudo-terminal.ts';

const HEAD = 'arrival_s,prompt_tokens,output_tokens\n';

/** A named pipe that gets rows until its test ends, or for so long from when somebody reads. */
function slowTrace(ends_ms?: number): string {
  const cwd = folder();
  const pipe = join(cwd, 't.csv');
  execFileSync('mkfifo', [pipe]);
  const stream = createWriteStream(pipe);
  stream.on('error', () => {});
  stream.write(HEAD);
  let second = 0;
  const feeding = setInterval(() => stream.write(`${second++},100,10\n`), 50);
  const end = (): void => {
    clearInterval(feeding);
    stream.end();
  };
  if (ends_ms !== undefined) stream.once('open', () => setTimeout(end, ends_ms));
  onTestFinished(end);
  return cwd;
}

/** Above the second in which nothing is told. */
const LONG_MS = 2500;

describe('a line about an amount', () => {
  function shown(total: number | null, columns = 80): string | undefined {
    const written: string[] = [];
    let now = 0;
    const stream = { isTTY: true, columns, write: (text: string) => written.push(text) };
    const bytes = { subject: 'day.csv', verb: 'read', total, inWords: megabytes };
    const line = amountProgress(stream, bytes, () => now);
    for (; now <= 2000; now += 500) line.update(now * 10_000);
    line.clear();
    expect(written[0]).toContain('10.0 MB');
    expect(written.at(-1)).toBe('\r\u001b[K');
    return written.at(-2);
  }

  it('says the share, the rate and the time left', () => {
    expect(shown(80e6)).toBe('\r25 % read · 10.0 MB/s · 0:06 left · day.csv\u001b[K');
  });

  it('says how much where nobody knows of how much', () => {
    expect(shown(null)).toBe('\r20.0 MB read · 10.0 MB/s · day.csv\u001b[K');
  });

  it('ends where the terminal does, and has a usual width where that has none', () => {
    expect(shown(null, 30)).toBe('\r20.0 MB read · 10.0 MB/s · d…\u001b[K');
    expect(shown(null, 0)).toBe(shown(null));
  });
});

describe.runIf(hasPseudoTerminals)('on a terminal', () => {
  it.each([
    ['run', ['run', '--trace', 't.csv', '-o', 'r.json']],
    ['trace inspect', ['trace', 'inspect', 't.csv']],
    ['trace convert', ['trace', 'convert', 't.csv', 'o.jsonl', '--to', 'jsonl']],
    ['sweep', ['sweep', '--trace', 't.csv', '--vary', 'cluster_mono.num_gpus=2,4', '-o', 'r.json']],
    ['plan', ['plan', '--trace', 't.csv', '--goodput', 'ttft:500', '-o', 'r.json']],
    ['compare', ['compare', '--trace', 't.csv', '-o', 'r.json']],
    ['calibrate', ['calibrate', '--from', 't.csv', '-o', 's.yaml']],
    ['validate', ['validate', 'example', '--set', 'trace={path: $T}']],
  ])('%s tells how much is read, and Ctrl-C ends it with nothing left', async (_, args) => {
    const cwd = slowTrace();
    const words = args.map((word) => word.replace('$T', join(cwd, 't.csv')));
    const { code, screen } = await atTerminal(words, { cwd, interruptAt: 'MB read' });
    expect(screen).toMatch(/\r0\.0 MB read · 0\.0 MB\/s · \S*t\.csv/);
    expect(screen.replace(/\s+/g, ' ')).toMatch(/error: Interrupted before \S*t\.csv was read/);
    expect(screen).not.toMatch(/^\s+at /m);
    expect(code).toBe(130);
    expect(readdirSync(cwd)).toEqual(['t.csv']);
  });

  it('calibrate tells how many rounds of the fit are done, and Ctrl-C ends it with nothing left', async () => {
    // Times that no engine has: the fit takes all its rounds.
    let state = 1;
    const random = (): number => {
      state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
      return state / 2 ** 31;
    };
    const rows = Array.from({ length: 300_000 }, (_, i) => {
      const tokens = 2 + Math.floor(500 * random());
      return `${1 + Math.floor(4000 * random())},${tokens},${i / 100},${i / 100 + 0.02 * tokens + 0.1 * random()}\n`;
    });
    const cwd = folder({
      'm.csv': `prompt_tokens,output_tokens,first_token_s,completed_s\n${rows.join('')}`,
    });
    const args = ['calibrate', '--from', 'm.csv', '-o', 's.yaml'];
    const { code, screen } = await atTerminal(args, { cwd, interruptAt: 'rounds done' });
    expect(screen).toMatch(/\r[\d.]+ rounds done · [\d.]+ rounds\/s · the fit/);
    expect(screen).toContain('error: Interrupted before the fit was done');
    expect(code).toBe(130);
    expect(readdirSync(cwd)).toEqual(['m.csv']);
  });

  it('tells nothing with --quiet', async () => {
    const cwd = slowTrace(LONG_MS);
    const { code, screen } = await atTerminal(
      ['trace', 'convert', 't.csv', 'o.jsonl', '--to', 'jsonl', '-q'],
      { cwd },
    );
    expect({ code, screen }).toEqual({ code: 0, screen: '' });
  });
});

it('tells nothing where standard error is no terminal', async () => {
  const cwd = slowTrace(LONG_MS);
  const { code, stderr } = await llmsim(['trace', 'inspect', 't.csv'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
});

it.each(['SIGTERM', 'SIGHUP'] as const)('%s ends it with nothing left', async (signal) => {
  const cwd = slowTrace(LONG_MS);
  const child = spawn(process.execPath, [entry, 'run', '--trace', 't.csv', '-o', 'r.json'], { cwd });
  const ended = once(child, 'exit');
  await vi.waitUntil(() => readdirSync(cwd).some((name) => name.endsWith('.part')), { timeout: 5000 });
  child.kill(signal);
  expect(await ended).toEqual([null, signal]);
  expect(readdirSync(cwd)).toEqual(['t.csv']);
});
