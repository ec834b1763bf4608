/** A stored result as an analysis writes it, for tests that open one. Knows no page. */
import { queueTimeline, type ResultDocument, type TableSpec, ttftCdf } from '@llmsim/analysis';
import { version } from '../package.json';
import { simulated, tablesOf } from './reference.ts';

const result = simulated('heavy-load');
const [found] = tablesOf(result);
if (found === undefined) throw new Error('There is no table');

export const latency: TableSpec = found;

export const document: ResultDocument = {
  kind: 'compare',
  title: 'Two options on the same requests',
  answer: [{ text: 'The first is faster.', met: true }, { text: '<b>Both</b> are stable.' }],
  charts: [ttftCdf([{ name: 'first', result }]), queueTimeline(result.report)],
  tables: [latency],
  origin: [
    { label: 'llmsim', text: version },
    { label: 'seed', text: '42' },
  ],
};

/** The file, with some parts of the document in place of its own. */
export function stored(parts: Partial<ResultDocument> = {}): string {
  return JSON.stringify({ kind: 'compare', version, document: { ...document, ...parts } });
}
