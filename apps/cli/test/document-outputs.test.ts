/** What every analysis writes, in every format, as a user asks for it; and one page of all of them. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { parquetReadObjects } from 'hyparquet';
import { beforeAll, describe, expect, it } from 'vitest';
import { folder, llmsim } from './program.ts';

const SMALL = [
  'mode: mono',
  'sim_seconds: 60',
  'warmup_seconds: 6',
  'cluster_mono: {num_gpus: 1}',
  'cluster_disagg: {prefill_gpus: 1, decode_gpus: 1}',
  'slo: {ttft_s: 1}',
  '',
].join('\n');

const FORMATS = ['json', 'csv', 'md', 'html', 'svg', 'parquet'];

/** By what the result calls itself. */
const COMMANDS = {
  compare: ['compare', 'small.yaml', '--replications', '2'],
  sweep: ['sweep', 'small.yaml', '--vary', 'arrival.rate_per_s=0.5,1', '--replications', '2'],
  sensitivity: ['sensitivity', 'small.yaml', '--vary', 'arrival.rate_per_s=1..3', '--replications', '2'],
  plan: ['plan', 'small.yaml', '--rate', '1', '--max-gpus', '3', '--attain', '0.9'],
  split: ['split', 'small.yaml', '--gpus', '3', '--runs', '2'],
  crossover: ['crossover', 'small.yaml', '--gpus', '2', '--vary', 'arrival.rate_per_s=0.5,1', '--runs', '2'],
};

const names = Object.keys(COMMANDS);
let cwd = '';
const file = (name: string): string => join(cwd, name);
const text = (name: string): string => readFileSync(file(name), 'utf8');

beforeAll(async () => {
  const ends: Array<() => void> = [];
  cwd = folder({ 'small.yaml': SMALL }, (remove) => ends.push(remove));
  const env = { XDG_CACHE_HOME: join(cwd, 'cache') };
  await Promise.all(
    Object.entries(COMMANDS).map(async ([name, command]) => {
      const outputs = FORMATS.flatMap((format) => ['-o', `${name}.${format}`]);
      const { code, stderr } = await llmsim([...command, '-q', ...outputs], { cwd, env });
      expect({ name, code, stderr }).toEqual({ name, code: 0, stderr: '' });
    }),
  );
  return () => {
    for (const end of ends) end();
  };
});

describe.each(names)('%s', (name) => {
  it('writes JSON that says what it is and holds its document', () => {
    const { kind, version, document } = JSON.parse(text(`${name}.json`));
    expect({ kind, version }).toEqual({ kind: name, version: '0.0.0' });
    expect(document.answer.length).toBeGreaterThan(0);
    expect(document.charts.length).toBeGreaterThan(0);
    // Pages take them for ids of elements.
    const ids = [...document.charts, ...document.tables].map(({ id }) => id);
    expect(ids).toEqual([...new Set(ids)]);
  });

  it('writes the same rows as CSV and as Parquet', async () => {
    const rows: Record<string, string>[] = parse(text(`${name}.csv`), { columns: true });
    const buffer = readFileSync(file(`${name}.parquet`));
    const { buffer: bytes, byteOffset, byteLength } = new Uint8Array(buffer);
    const typed = await parquetReadObjects({ file: bytes.slice(byteOffset, byteOffset + byteLength) });
    expect(rows.length).toBeGreaterThan(0);
    const cell = (value: unknown): string => (value === null || value === undefined ? '' : String(value));
    const asText = typed.map((row) =>
      Object.fromEntries(Object.entries(row).map(([key, value]) => [key, cell(value)])),
    );
    expect(asText).toEqual(rows);
  });

  it('writes its answer, its tables and its charts for people', () => {
    const { document } = JSON.parse(text(`${name}.json`));
    const markdown = text(`${name}.md`);
    expect(markdown.startsWith(`# ${document.title}\n`)).toBe(true);
    for (const { title } of document.tables) expect(markdown).toContain(`## ${title}\n`);
    const svg = text(`${name}.svg`);
    expect(svg.startsWith('<svg ')).toBe(true);
    const html = text(`${name}.html`);
    expect(html).toContain(`data-kind="${name}"`);
    for (const { title } of document.charts) {
      expect(svg).toContain(title.replaceAll('&', '&amp;').slice(0, 20));
      expect(html).toContain(title.replaceAll('&', '&amp;').slice(0, 20));
    }
  });
});

describe.each(names)('%s says in every format what it was made from:', (name) => {
  const stored = () => JSON.parse(text(`${name}.json`));
  const configs = (): object[] =>
    name === 'compare' ? stored().options.map(({ config }: { config: object }) => config) : [stored().config];

  it('rows have seed, version and the hash of their configuration', () => {
    const rows: Record<string, string>[] = parse(text(`${name}.csv`), { columns: true });
    for (const { option, seed, version, config_hash } of rows) {
      const of =
        name === 'compare' ? stored().options.find((one: { name: string }) => one.name === option) : stored();
      expect({ seed, version, config_hash }).toEqual({
        seed: '42',
        version: '0.0.0',
        config_hash: of.config_hash,
      });
    }
  });

  it('Markdown, HTML and SVG hold every configuration whole', () => {
    const fences = [...text(`${name}.md`).matchAll(/```json\n([\s\S]*?)\n```/g)];
    expect(fences.map(([, json = '']) => JSON.parse(json))).toEqual(configs());
    const unescaped = (html: string): string => html.replaceAll('&quot;', '"').replaceAll('&amp;', '&');
    const details = [
      ...text(`${name}.html`).matchAll(/<details class="panel">.*?<pre[^>]*>([^<]*)<\/pre>/gs),
    ];
    expect(details.map(([, json = '']) => JSON.parse(unescaped(json)))).toEqual(configs());
    const [, metadata = ''] = /<metadata>([^<]*)<\/metadata>/.exec(text(`${name}.svg`)) ?? [];
    const { llmsim: made_by, made_from } = JSON.parse(unescaped(metadata));
    expect(made_by).toBe('0.0.0');
    expect(made_from.map(({ config }: { config: object }) => config)).toEqual(configs());
  });
});

it('report puts all of them into one page', async () => {
  const files = names.map((name) => `${name}.json`);
  const { code, stderr } = await llmsim(['report', ...files, '-o', 'all.html'], { cwd });
  expect({ code, stderr }).toEqual({ code: 0, stderr: 'Wrote all.html\n' });
  for (const name of names) expect(text('all.html')).toContain(`data-kind="${name}"`);
});
