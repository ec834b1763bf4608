// Writes docs/images/default-run.svg: what `llmsim run` prints, as a picture for the README. Run it after a change of
// the output: `node scripts/readme-picture.mjs`. A test compares the picture with the program.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { entry } from '../apps/cli/build.mjs';

export const picture = resolve(import.meta.dirname, '../docs/images/default-run.svg');

const SIZE = 14;
const CHARACTER = 0.6 * SIZE;
const LINE = 1.35 * SIZE;
const MARGIN = 16;

/** Select graphic rendition codes that the program writes, as classes. */
const STYLES = new Map([
  [1, 'bold'],
  [2, 'dim'],
  [31, 'red'],
  [32, 'green'],
  [33, 'yellow'],
  [36, 'cyan'],
]);

// Follows the reader's own choice of light or dark; all colours have a contrast of at least 4.5 to their background.
const STYLE = `
text { font: ${SIZE}px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; fill: #1f2328; white-space: pre }
rect { fill: #f6f8fa; stroke: #d1d9e0 }
.bold { font-weight: 600 } .dim { fill: #59636e } .red { fill: #c21c2b } .green { fill: #116329 } .yellow { fill: #7d4e00 } .cyan { fill: #0a5c7a }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } rect { fill: #0d1117; stroke: #3d444d }
  .dim { fill: #9198a1 } .red { fill: #ff7b72 } .green { fill: #56d364 } .yellow { fill: #e3b341 } .cyan { fill: #76e3ea }
}`;

/** The picture of a terminal that shows `output` below the command that printed it. */
export function drawing() {
  const output = execFileSync(process.execPath, [entry, 'run'], {
    encoding: 'utf8',
    env: { ...process.env, FORCE_COLOR: '1', NO_COLOR: '' },
  });
  const lines = [`\u001b[1m$ llmsim run\u001b[22m`, '', ...output.trimEnd().split('\n')].map(runsOf);
  const columns = Math.max(80, ...lines.flat().map(({ column, text }) => column + text.length));
  const width = Math.ceil(2 * MARGIN + columns * CHARACTER);
  const height = Math.ceil(2 * MARGIN + lines.length * LINE);
  const texts = lines.flatMap((runs, row) => runs.map((run) => drawn(run, row)));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">`,
    '<title>The report of llmsim run in a terminal</title>',
    `<style>${STYLE}\n</style>`,
    `<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8" />`,
    ...texts,
    '</svg>\n',
  ].join('\n');
}

/** @typedef {{ column: number, text: string, style: string }} Run */

/**
 * The words of a line with their place and style; gaps of two spaces and more part them, so that columns stay in line
 * whatever the font.
 * @param {string} line
 * @returns {Run[]}
 */
function runsOf(line) {
  /** @type {Run[]} */
  const runs = [];
  let column = 0;
  let style = '';
  // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
  for (const piece of line.split(/(\u001b\[\d+m)/)) {
    // biome-ignore lint/suspicious/noControlCharactersInRegex: escape sequences begin with one
    const code = /^\u001b\[(\d+)m$/.exec(piece);
    if (code !== null) {
      style = STYLES.get(Number(code[1])) ?? '';
      continue;
    }
    for (const word of piece.split(/( {2,})/)) {
      if (word.trim() !== '') runs.push({ column, text: word, style });
      column += word.length;
    }
  }
  return runs;
}

/** @param {Run} run @param {number} row */
function drawn({ column, text, style }, row) {
  const x = (MARGIN + column * CHARACTER).toFixed(1);
  const y = (MARGIN + (row + 0.8) * LINE).toFixed(1);
  const length = (text.length * CHARACTER).toFixed(1);
  const look = style === '' ? '' : ` class="${style}"`;
  const escaped = text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `<text x="${x}" y="${y}" textLength="${length}"${look}>${escaped}</text>`;
}

if (import.meta.filename === process.argv[1]) {
  mkdirSync(dirname(picture), { recursive: true });
  writeFileSync(picture, drawing());
}
