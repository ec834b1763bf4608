/**
 * Documents as one HTML file that needs nothing else: its style, its script and its values are inside, and its policy
 * lets it load and send nothing. Knows no analysis.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AnswerLine, ResultDocument } from '@llmsim/analysis';
import { DARK, LIGHT, type Palette } from '@llmsim/charts';
import { chartHtml, MOST_ROWS } from './chart-html.ts';
import { escaped } from './html-text.ts';
import type { MadeFrom } from './made-from.ts';
import { type NextId, tableHtml } from './table-html.ts';

/** One page with a section for each of `documents`, each with what it was made from. */
export function documentHtml(
  documents: readonly ResultDocument[],
  made_from: ReadonlyArray<readonly MadeFrom[]>,
): string {
  const [first] = documents;
  const title = documents.length === 1 && first !== undefined ? first.title : 'llmsim report';
  const style = `${beside('page.css')}${seriesStyle()}${rowStyle()}`;
  const script = beside('page.js');
  let tips = 0;
  const nextId: NextId = () => `tip-${tips++}`;
  const heading = documents.length === 1 ? 'h1' : 'h2';
  const sections = documents.map((document, index) =>
    section(document, made_from[index] ?? [], { id: `result-${index}`, heading, nextId }),
  );
  const contents = documents.map(
    ({ title: name }, index) => `<li><a href="#result-${index}">${escaped(name)}</a></li>`,
  );
  return [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    `<meta http-equiv="Content-Security-Policy" content="${policy(style, script)}">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    `<title>${escaped(title)}</title>`,
    `<style>${style}</style>`,
    '</head>',
    '<body>',
    '<main>',
    // One result alone has its title over the page.
    ...(documents.length === 1 ? [] : [`<h1>${escaped(title)}</h1>`]),
    ...(documents.length > 1 ? [`<nav aria-label="Results"><ul>${contents.join('')}</ul></nav>`] : []),
    ...sections,
    '</main>',
    `<script>${script}</script>`,
    '</body>',
    '</html>\n',
  ].join('\n');
}

interface Place {
  readonly id: string;
  readonly heading: 'h1' | 'h2';
  readonly nextId: NextId;
}

function section(
  document: ResultDocument,
  made_from: readonly MadeFrom[],
  { id, heading: level, nextId }: Place,
): string {
  const { title, answer, charts, tables, origin } = document;
  const below = level === 'h1' ? 'h2' : 'h3';
  const panel = (name: string, content: string): string =>
    `<section class="panel"><${below}>${escaped(name)}</${below}>\n${content}</section>`;
  const empty = answer.length + charts.length + tables.length === 0;
  return [
    `<article id="${id}" data-kind="${escaped(document.kind)}">`,
    `<${level}>${escaped(title)}</${level}>`,
    `<p class="quiet">${origin.map(({ label, text }) => escaped(`${label} ${text}`)).join(' · ')}</p>`,
    ...(answer.length === 0 ? [] : [`<ul class="answer panel">${answer.map(answerHtml).join('\n')}</ul>`]),
    ...charts.map((chart) => panel(chart.title, chartHtml(chart, nextId))),
    ...tables.map((table) => panel(table.title, tableHtml(table, nextId))),
    ...(empty ? ['<p>This result is empty.</p>'] : []),
    ...made_from.map(({ name, config_hash, config }) => {
      const summary = `Configuration of ${escaped(name)}, ${config_hash.slice(0, 12)}`;
      const json = escaped(JSON.stringify(config, null, 2));
      return `<details class="panel"><summary>${summary}</summary><pre tabindex="0">${json}</pre></details>`;
    }),
    '</article>',
  ].join('\n');
}

function answerHtml({ text, met }: AnswerLine): string {
  if (met === undefined) return `<li>${escaped(text)}</li>`;
  return `<li><span class="${met ? 'met' : 'missed'}">${met ? '✓' : '✗'}</span> ${escaped(text)}</li>`;
}

/** What stands beside the program. */
function beside(name: string): string {
  const text = readFileSync(join(import.meta.dirname, name), 'utf8');
  // Nothing in it may end its element.
  return text.replace(/<\/(script|style)/gi, '<\\/$1').replaceAll('<!--', '<\\!--');
}

function policy(style: string, script: string): string {
  const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;
  return [
    "default-src 'none'",
    `script-src ${hash(script)}`,
    `style-src ${hash(style)}`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
}

function seriesStyle(): string {
  const rules = ({ series }: Palette): string =>
    series.map((colour, index) => `.series-${index}{color:${colour}}`).join('');
  return `${rules(LIGHT)}@media (prefers-color-scheme:dark){${rules(DARK)}}`;
}

/** The policy allows no style of an element's own. */
function rowStyle(): string {
  return Array.from({ length: MOST_ROWS + 1 }, (_, rows) => `.rows-${rows}{--rows:${rows}}`).join('');
}
