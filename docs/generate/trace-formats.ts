/** The trace formats that are read and written, from the formats themselves. */
import { TRACE_FORMATS } from '@llmsim/traces';
import { code, table } from './table.ts';

export function traceFormats(): string {
  const rows = TRACE_FORMATS.map(({ name, container, description, columns, time }) => [
    code(name),
    container === 'csv' ? 'CSV' : 'JSON lines',
    description,
    [columns.arrival, columns.prompt_tokens, columns.output_tokens].map(code).join(', '),
    [columns.session, columns.hash_ids?.name]
      .flatMap((name) => (name === undefined ? [] : [code(name)]))
      .join(', '),
    time.rule,
  ]);
  return table(
    ['format', 'container', 'whose', 'columns: arrival, prompt, output', 'session or hash ids', 'a time is'],
    rows,
  );
}
