/**
 * A result document for a person at a terminal: the answer, then the tables. Knows no analysis.
 */
import type { AnswerLine, ResultDocument } from '@llmsim/analysis';
import { type Paint, painter } from '../terminal/colour.ts';
import { renderTable } from '../terminal/render-table.ts';
import { wrap } from '../terminal/wrap.ts';

export function documentText({ title, answer, tables, origin }: ResultDocument): string {
  const paint = painter(process.stdout);
  const made = origin.map(({ label, text }) => `${label} ${text}`).join(' · ');
  const lines = [
    paint('bold', title),
    ...wrap(made, 80).map((line) => paint('dim', line)),
    '',
    ...answer.flatMap((line) => answerLines(line, paint)),
    ...tables.flatMap((table) => ['', renderTable(table, paint)]),
  ];
  return `${lines.join('\n')}\n`;
}

function answerLines({ text, met }: AnswerLine, paint: Paint): string[] {
  const sign = met === undefined ? ' ' : met ? paint('green', '✓') : paint('red', '✗');
  return wrap(text, 78).map((line, index) => `${index === 0 ? sign : ' '} ${line}`);
}
