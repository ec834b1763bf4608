/** `run --web`: the dashboard served from this machine shows the numbers of the command line. */
import { type ChildProcess, spawn } from 'node:child_process';
import { request } from 'node:http';
import { loadScenario } from '@llmsim/config';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { emptyPages } from '../../../scripts/test-browser.ts';
import { buildPage, entry } from '../build.mjs';
import { onItsMachines } from '../src/scenario/both-clusters.ts';
import { givenTrace } from '../src/web/given-trace.ts';
import { changedText } from '../src/web/page-link.ts';
import { folder, llmsim } from './program.ts';

beforeAll(() => {
  buildPage();
});
const open = emptyPages();

interface Serving {
  readonly url: URL;
  readonly child: ChildProcess;
  readonly stderr: () => string;
}

/** The program with `--web`, once it has printed its address. */
async function serving(args: readonly string[], cwd?: string): Promise<Serving> {
  const child = spawn(process.execPath, [entry, 'run', ...args, '--web'], { cwd });
  onTestFinished(() => void child.kill('SIGKILL'));
  let stderr = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding('utf8').once('data', resolve);
    child.once('close', () => reject(new Error(stderr)));
  });
  return { url: new URL(url.trim()), child, stderr: () => stderr };
}

/** The status of an answer to exactly this path, which no client has tidied up. */
function statusOf(
  { hostname, port, host: own }: URL,
  path: string,
  method = 'GET',
  host = own,
): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    request({ hostname, port, path, method, headers: { host } }, (response) => {
      response.resume();
      resolve(response.statusCode);
    })
      .on('error', reject)
      .end();
  });
}

describe('run --web', () => {
  const args = ['heavy-load', '--set', 'random_seed=7', '--request-rate', '9'];

  it('shows the same p99 TTFT as --json, without a complaint or a request to anybody else', async () => {
    const { stdout } = await llmsim(['run', ...args, '--json']);
    const { url } = await serving(args);
    const page = await open();
    const trouble: string[] = [];
    page.on('console', (message) => trouble.push(message.text()));
    page.on('request', (one) => {
      if (new URL(one.url()).origin !== url.origin && !one.url().startsWith('data:')) trouble.push(one.url());
    });
    await page.goto(url.href);
    await page.locator('.run', { hasText: 'seed 7' }).waitFor();
    const shown = page.locator('[data-figure=ttft_p99_s]');
    expect(Number(await shown.getAttribute('data-value'))).toBe(JSON.parse(stdout).p99_ttft_s);
    expect(await page.locator('.run').textContent()).toMatch(/heavy-load\.yaml, .*9\.00 req\/s/);
    await page.locator('[data-chart=ttft_cdf][data-drawn=true]').waitFor();
    expect(trouble).toEqual([]);
  });

  it('serves its own files to this machine and nothing else, until Ctrl-C', async () => {
    const { url, child, stderr } = await serving(['light-load']);
    expect(url.hostname).toBe('127.0.0.1');
    expect(await statusOf(url, '/')).toBe(200);
    for (const path of [
      '/../main.js',
      '/..%2fmain.js',
      '/assets',
      '/assets/../index.html',
      '//',
      '/x',
      '/%00',
    ])
      expect(await statusOf(url, path)).toBe(404);
    expect(await statusOf(url, '/', 'POST')).toBe(405);
    const ended = new Promise((resolve) => child.once('close', resolve));
    child.kill('SIGINT');
    expect(await ended).toBe(0);
    expect(stderr()).toContain('Ctrl-C ends it');
  });

  it('hands a trace of the user on to the page, and to no other name of this machine', async () => {
    const rows = 'arrival_s,prompt_tokens,output_tokens\n50,100,10\n100,2000,20\n250,300,30\n';
    const cwd = folder({
      'my day.csv': rows,
      'mine.yaml': 'mode: mono\ntrace: {path: my day.csv}\nwarmup_seconds: 0\n',
    });
    for (const args of [['mine.yaml'], ['example', '--trace', 'my day.csv', '--set', 'warmup_seconds=0']]) {
      const { stdout } = await llmsim(['run', ...args, '--json'], { cwd });
      const { url, stderr } = await serving(args, cwd);
      await expect.poll(stderr).toContain('Serving the dashboard and my day.csv to this machine');
      const page = await open();
      await page.goto(url.href);
      await page.locator('.status', { hasText: 'Done: 3 requests' }).waitFor();
      const shown = page.locator('[data-figure=ttft_p99_s]');
      expect(Number(await shown.getAttribute('data-value'))).toBe(JSON.parse(stdout).p99_ttft_s);
      expect(await statusOf(url, '/given/my%20day.csv')).toBe(200);
      expect(await statusOf(url, '/given/mine.yaml')).toBe(404);
      expect(await statusOf(url, '/given/my%20day.csv', 'GET', 'evil.example')).toBe(421);
    }
  });

  it('says that a trace is too large for the page, or comes from where it cannot be had', () => {
    const cwd = folder({ 'day.csv': 'x'.repeat(2000) });
    expect(givenTrace('day.csv', cwd, 2000)).toMatchObject({ name: 'day.csv', at: '/given/day.csv' });
    expect(() => givenTrace('day.csv', cwd, 1999)).toThrow(/takes traces of .* GB at most: leave out --web/);
    expect(() => givenTrace('-', cwd)).toThrow('standard input');
  });

  it('refuses what only a run here gives, and mistakes as run does', async () => {
    const outputs = await llmsim(['run', '--web', '--json', '-o', 'r.json']);
    expect(outputs).toMatchObject({ code: 2, stdout: '' });
    expect(outputs.stderr).toContain('leave out --output, --json');
    const mistake = await llmsim(['run', '--web', '--set', 'arrival.rate_per_s=-1']);
    expect(mistake.code).toBe(2);
    expect(mistake.stderr).toContain('must be above 0');
  });
});

describe('changedText', () => {
  const text = '# mine\nmode: mono\narrival: {rate_per_s: 2} # as in March\n';
  const changed = (...sets: string[]): string => {
    const loaded = loadScenario(text, { set: sets });
    if (!loaded.ok) throw new Error('The scenario is not valid');
    const source = { file: 'my.yaml', text, folder: '.', shipped: false };
    return changedText(
      source,
      loaded.scenario,
      sets.map((set) => ({ set, flag: set })),
    );
  };

  it('keeps the text and its comments', () => {
    expect(changed()).toBe(text);
    expect(changed('arrival.rate_per_s=3')).toBe(text.replace('2}', '3}'));
  });

  it('means the same where a change has no place in the text', () => {
    const set = 'slo={ttft_s: 0.5}';
    const loaded = loadScenario(changed(set));
    const meant = loadScenario(text, { set: [set] });
    expect(loaded.ok && meant.ok && loaded.scenario.config).toEqual(meant.ok && meant.scenario.config);
  });

  it('writes down a cluster that is made of the machines of the other one', () => {
    const mine = `${text}cluster_disagg: {prefill_gpus: 3}\n`;
    const loaded = loadScenario(mine);
    if (!loaded.ok) throw new Error('The scenario is not valid');
    const { scenario } = onItsMachines({ ...loaded.scenario, machines_of: null });
    const source = { file: 'my.yaml', text: mine, folder: '.', shipped: false };
    const written = changedText(source, scenario, []);
    expect(written.startsWith(`${mine}cluster_mono: {"model":"token_rate","num_gpus":5,`)).toBe(true);
  });
});
