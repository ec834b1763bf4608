/** Every name that reports use, from the definitions that tables and charts show. */
import { definitions } from '@llmsim/analysis';
import { code, table } from './table.ts';

export function terms(): string {
  const rows = Object.entries(definitions).map(([name, { label, definition }]) => [
    code(name),
    label,
    definition,
  ]);
  return table(['name', 'shown as', 'meaning'], rows);
}
