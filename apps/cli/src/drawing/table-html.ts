/** A TableSpec as a table of HTML, its definitions on hover and focus. Knows no metric. */
import type { TableSpec } from '@llmsim/analysis';
import { escaped } from './html-text.ts';

/** Numbers its tips, so that no two on a page have one name. */
export type NextId = () => string;

export function tableHtml({ title, columns, rows, notes }: TableSpec, nextId: NextId): string {
  const side = (at: number): string => (columns[at]?.align === 'right' ? ' class="number"' : '');
  const head = columns.map(
    ({ label, definition }, at) => `<th scope="col"${side(at)}>${termHtml(label, definition, nextId)}</th>`,
  );
  const body = rows.map((row) => {
    const cells = row.map(({ text, definition }, at) =>
      at === 0 && columns[0]?.align === 'left'
        ? `<th scope="row">${termHtml(text, definition, nextId)}</th>`
        : `<td${side(at)}>${termHtml(text, definition, nextId)}</td>`,
    );
    return `<tr>${cells.join('')}</tr>`;
  });
  return [
    `<div class="scroll" role="region" tabindex="0" aria-label="${escaped(title)}">`,
    `<table><thead><tr>${head.join('')}</tr></thead>`,
    `<tbody>${body.join('\n')}</tbody></table></div>`,
    ...notes.map((note) => `<p class="quiet">${escaped(note)}</p>`),
  ].join('\n');
}

/** A name that says what it means when it is pointed at or focused; plain where there is nothing to say. */
export function termHtml(text: string, definition: string | undefined, nextId: NextId): string {
  if (definition === undefined || definition === '') return escaped(text);
  const id = nextId();
  const tip = `<span class="tip" role="tooltip" id="${id}">${escaped(definition)}</span>`;
  return `<span class="term" tabindex="0" aria-describedby="${id}">${escaped(text)}${tip}</span>`;
}
