/** HTML, SVG and Parquet of runs, and `report`: opened as a user would open them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { browserOfThisFile } from './browser.ts';
import { folder, llmsim } from './program.ts';

const open = browserOfThisFile();
const HOSTILE = `</script><img src=x onerror=alert(1)> <!-- & "quotes" 'too'`;

/** A result with a chart of each kind, as another command would store it. */
const stored = {
  kind: 'sweep',
  title: HOSTILE,
  answer: [
    { text: `Up to 2 req/s. ${HOSTILE}`, met: true },
    { text: 'Missed.', met: false },
  ],
  charts: [
    {
      id: 'load',
      title: 'p99 TTFT against load',
      x: { label: 'rate', unit: 'req/s', scale: 'linear', definition: 'Requests that arrive each second.' },
      y: { label: 'p99', unit: 's', scale: 'log', definition: HOSTILE },
      series: [
        {
          name: HOSTILE,
          kind: 'line',
          points: [
            [1, 0.2],
            [2, 0.4],
          ],
          band: [
            [1, 0.1, 0.3],
            [2, 0.3, 0.6],
          ],
          hollow: [false, true],
        },
      ],
      lines: [{ label: HOSTILE, y: 0.5 }],
      notes: [HOSTILE],
    },
    {
      kind: 'bars',
      id: 'tornado',
      title: 'Tornado',
      value: { label: 'p99', unit: 's', scale: 'linear', definition: '' },
      bars: [{ label: HOSTILE, from: 0.4, to: 0.8, series: 'more' }],
      base: { label: 'now', value: 0.4 },
      notes: [],
    },
    {
      kind: 'heatmap',
      id: 'split',
      title: 'Split',
      x: { label: 'prefill', categories: ['1', '2'] },
      y: { label: 'decode', categories: ['1'] },
      value: { label: 'p99', unit: 's', better: 'lower', definition: '' },
      cells: [
        [
          { value: 1, text: '1.00 s', mark: 'fails' },
          { value: 0.5, text: '500 ms', mark: 'best' },
        ],
      ],
      notes: [],
    },
    {
      id: 'empty',
      title: 'Empty',
      x: { label: 'x', unit: 's', scale: 'linear', definition: '' },
      y: { label: 'y', unit: 's', scale: 'linear', definition: '' },
      series: [],
      lines: [],
    },
  ],
  tables: [
    {
      id: 'limits',
      title: 'Limits',
      columns: [{ key: 'mode', label: 'mode', align: 'left', definition: HOSTILE }],
      rows: [[{ value: HOSTILE, text: HOSTILE }]],
      notes: [],
    },
  ],
  origin: [{ label: 'llmsim', text: '0.0.0' }],
};

let cwd = '';
let version = '';
const at = (name: string): string => join(cwd, name);
const text = (name: string): string => readFileSync(at(name), 'utf8');
const rowsOf = async (name: string) => {
  const { buffer, byteOffset, byteLength } = readFileSync(at(name));
  return parquetReadObjects({ file: buffer.slice(byteOffset, byteOffset + byteLength) });
};

beforeAll(async () => {
  cwd = folder({}, afterAll);
  const names = ['r.json', 'r.html', 'r.svg', 'r.csv', 'r.parquet'].flatMap((name) => ['-o', name]);
  const ran = await llmsim(['run', 'heavy-load', '-q', ...names, '--requests', 'q.parquet'], { cwd });
  expect(ran).toEqual({ code: 0, stdout: '', stderr: '' });
  await llmsim(['run', 'heavy-load', '-q', '--requests', 'q.csv'], { cwd });
  version = JSON.parse(text('r.json')).version;
  writeFileSync(at('sweep.json'), JSON.stringify({ kind: 'sweep', version, document: stored }));
});

describe('.html', () => {
  it.each([
    [1000, 'light'],
    [1000, 'dark'],
    [360, 'light'],
  ] as const)(
    '%d px, %s: shows the numbers of the run, draws every chart and asks for nothing',
    async (width, colorScheme) => {
      const { page, trouble } = await open(at('r.html'), { width, colorScheme });
      const drawn = page.locator('figure[data-drawn="true"]');
      await drawn.nth(2).waitFor();
      expect(await drawn.count()).toBe(3);
      expect(await page.locator('h1').textContent()).toBe('heavy-load.yaml');
      const { report } = JSON.parse(text('r.json'));
      const throughput = page.locator('table', { has: page.getByText('goodput') }).first();
      expect(await throughput.textContent()).toContain(`${report.throughput_rps.toPrecision(3)} req/s`);
      // Every canvas holds ink.
      const inked = await page.evaluate<number[]>(`[...document.querySelectorAll('canvas')].map((canvas) => {
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
      return data.filter((value, index) => index % 4 === 3 && value > 0).length;
    })`);
      expect(Math.min(...inked)).toBeGreaterThan(1000);
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(width);
      expect(trouble).toEqual([]);
    },
  );

  it('says what a name means when it has the focus', async () => {
    const { page } = await open(at('r.html'));
    const term = page.locator('th .term', { hasText: 'p99' }).first();
    const tip = term.locator('.tip');
    expect(await tip.isVisible()).toBe(false);
    await term.focus();
    expect(await tip.isVisible()).toBe(true);
    expect(await tip.textContent()).toContain('Ninety-nine in a hundred');
  });
});

it('.svg opens in a browser with its texts, from nowhere else', async () => {
  const { page, trouble } = await open(at('r.svg'));
  const texts = await page.locator('text').allTextContents();
  for (const word of ['TTFT distribution', 'Queues', 'Utilisation', 'SLO 1.00 s', 'gpu']) {
    expect(texts).toContain(word);
  }
  expect(trouble).toEqual([]);
});

describe('.parquet', () => {
  it('has the row of .csv', async () => {
    const [row = {}] = await rowsOf('r.parquet');
    const [expected = {}]: Array<Record<string, string>> = parse(text('r.csv'), { columns: true });
    expect(Object.keys(row)).toEqual(Object.keys(expected));
    for (const [name, value] of Object.entries(expected)) expect(String(row[name] ?? '')).toBe(value);
  });

  it('--requests has the rows of its CSV, as numbers', async () => {
    const rows = await rowsOf('q.parquet');
    const expected: Array<Record<string, string>> = parse(text('q.csv'), { columns: true });
    expect(rows).toHaveLength(expected.length);
    for (const [id, row] of rows.entries()) {
      for (const [name, value] of Object.entries(expected[id] ?? {})) {
        if (name === 'outcome') expect(row[name]).toBe(value);
        else expect(row[name]).toBe(value === '' ? null : Number(value));
      }
    }
  });
});

describe('report', () => {
  it('puts results of any kind into one page, and hostile texts stay texts', async () => {
    const ran = await llmsim(['report', 'r.json', 'sweep.json', '-o', 'all.html'], { cwd });
    expect(ran).toEqual({ code: 0, stdout: '', stderr: 'Wrote all.html\n' });
    const { page, trouble } = await open(at('all.html'));
    await page.locator('figure[data-drawn="true"]').nth(5).waitFor();
    expect(await page.locator('article').count()).toBe(2);
    expect(await page.locator('h2').allTextContents()).toEqual(['r.json', HOSTILE]);
    expect(await page.locator('img').count()).toBe(0);
    expect(await page.getByText('There is nothing to draw.').count()).toBe(1);
    expect(await page.locator('.missed').last().textContent()).toBe('✗');
    const values = page.locator('[data-chart="load"] details');
    await values.locator('summary').click();
    expect(await values.locator('tbody tr').last().locator('td').allTextContents()).toEqual([
      '2.00 req/s',
      '400 ms',
      '300 ms',
      '600 ms',
    ]);
    expect(trouble).toEqual([]);
  });

  it('shows a stored run as the run showed itself, but for the samples it no longer has', async () => {
    const { stdout } = await llmsim(['report', 'r.json', '-o', '-'], { cwd });
    const tables = (html: string): string[] => html.match(/<table>[\s\S]*?<\/table>/g) ?? [];
    // Those of the first chart are its percentiles only.
    expect(tables(stdout).slice(1)).toEqual(tables(text('r.html')).slice(1));
  });

  it('is no file of another kind, least of all a result', async () => {
    const before = readFileSync(join(cwd, 'r.json'), 'utf8');
    const { code, stderr } = await llmsim(['report', 'r.json', '-o', 'r.json'], { cwd });
    expect(code).toBe(2);
    expect(stderr).toContain('report makes an HTML page, whose name ends in .html');
    expect(readFileSync(join(cwd, 'r.json'), 'utf8')).toBe(before);
  });

  it('names the trouble of every file at once, and writes nothing', async () => {
    const own = JSON.parse(text('r.json'));
    const bad = folder({
      'other.json': JSON.stringify({ ...own, version: '9.1.0' }),
      'text.json': 'mode: mono',
      'foreign.json': '{"a": 1}',
      'part.json': JSON.stringify({ ...own, report: { ...own.report, pools: [{}] } }),
      'damaged.json': JSON.stringify({ version, document: { ...stored, charts: [{ kind: 'pie' }] } }),
    });
    const files = ['other.json', 'text.json', 'foreign.json', 'part.json', 'damaged.json', 'absent.json'];
    const { code, stderr } = await llmsim(['report', ...files], { cwd: bad });
    expect(code).toBe(2);
    expect(stderr).toMatch(/6 files cannot be shown/);
    expect(stderr).toMatch(/other\.json: it was made by llmsim 9\.1\.0/);
    expect(stderr).toMatch(/text\.json: it is not JSON/);
    expect(stderr).toMatch(/foreign\.json: it is no result of llmsim/);
    expect(stderr).toMatch(/part\.json: its report is damaged/);
    expect(stderr).toMatch(/damaged\.json: its document is damaged: charts\.0/);
    expect(stderr).toMatch(/absent\.json: there is no such file/);
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});
