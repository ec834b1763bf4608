/** A ResultDocument for a person at a terminal: the answer, the charts, the tables. Knows no analysis. */
import type { AnswerLine, ResultDocument } from '@llmsim/analysis';
import { type Paint, painter } from '../terminal/colour.ts';
import { renderTable } from '../terminal/render-table.ts';
import { inSigns } from '../terminal/signs.ts';
import { wrap } from '../terminal/wrap.ts';
import { chartText } from './chart-text.ts';

/** Ends with a line break. */
export function documentText(document: ResultDocument, paint: Paint = painter(process.stdout)): string {
  const { title, origin, answer, charts, tables } = document;
  const heading = [title, ...origin.map(({ label, text }) => `${label} ${text}`)].join(' · ');
  const parts = [
    wrap(inSigns(heading), 80)
      .map((line) => paint('dim', line))
      .join('\n'),
    answer.flatMap((line) => answerLines(line, paint)).join('\n'),
    ...charts.map((chart) => chartText(chart, { paint })),
    ...tables.map((table) => renderTable(table, paint)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function answerLines({ text, met }: AnswerLine, paint: Paint): string[] {
  const sign = met === undefined ? ' ' : met ? paint('green', inSigns('✓')) : paint('red', inSigns('✗'));
  return wrap(inSigns(text), 78).map((line, index) => `${index === 0 ? sign : ' '} ${line}`);
}
