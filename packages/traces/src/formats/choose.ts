/**
 * The format of a file by its column names, or what stands in the way. Knows no rows.
 */
import { requiredColumns, type TraceFormat } from './format.ts';
import { nearestName } from './nearest.ts';
import { TRACE_FORMATS } from './table.ts';

export type Choice =
  | { readonly format: TraceFormat }
  | { readonly message: string; readonly fix: string; readonly at: string | null };

/** Chooses among the formats of a container; `wanted` is the one that was asked for, if any. */
export function chooseFormat(
  names: readonly string[],
  container: TraceFormat['container'],
  wanted: TraceFormat | null,
): Choice {
  if (wanted !== null && wanted.container !== container) {
    const message = `this is ${spelled(container)}, but format ${wanted.name} is ${spelled(wanted.container)}`;
    return { message, fix: 'Leave the format out to have it found by the columns.', at: null };
  }
  const candidates = wanted === null ? TRACE_FORMATS.filter((format) => !format.never_guessed) : [wanted];
  const possible = candidates.filter((format) => format.container === container);
  const format = possible.find((candidate) => missing(candidate, names).length === 0);
  if (format !== undefined) return { format };
  if (wanted === null && names.length === 1 && /[;\t]/.test(names[0] ?? '')) {
    return { message: 'the columns are not separated by commas', fix: 'Separate them by commas.', at: null };
  }
  return explainMissing(names, closest(possible, names), wanted !== null);
}

function missing(format: TraceFormat, names: readonly string[]): readonly string[] {
  return requiredColumns(format).filter((column) => !names.includes(column));
}

/** The format that the fewest changes would lead to. */
function closest(formats: readonly TraceFormat[], names: readonly string[]): TraceFormat | null {
  let best: TraceFormat | null = null;
  let fewest = Number.POSITIVE_INFINITY;
  for (const format of formats) {
    const cost = missing(format, names).reduce((sum, name) => sum + (nearestName(name, names) ? 1 : 2), 0);
    if (cost < fewest) {
      fewest = cost;
      best = format;
    }
  }
  return fewest < 2 * 3 ? best : null;
}

function explainMissing(names: readonly string[], format: TraceFormat | null, given: boolean): Choice {
  if (format === null) {
    const known = TRACE_FORMATS.map((candidate) => requiredColumns(candidate).join(', ')).join('; or ');
    const message = 'these columns belong to no known trace format';
    return { message, fix: `Name them ${known}.`, at: null };
  }
  const lacking = missing(format, names);
  const spare = names.filter((name) => !requiredColumns(format).includes(name));
  const similar = lacking.flatMap((name) => nearestName(name, spare) ?? []);
  const renames = lacking.map((name) => {
    const written = nearestName(name, spare);
    return written === undefined ? `add ${name}` : `rename ${written} to ${name}`;
  });
  const columns = lacking.length === 1 ? `column ${lacking[0]}` : `columns ${lacking.join(', ')}`;
  const which = given ? `format ${format.name}` : `format ${format.name}, the closest,`;
  return {
    message: `${columns} missing: ${which} needs ${requiredColumns(format).join(', ')}`,
    fix: `${sentence(renames.join(', '))}.`,
    at: similar[0] ?? null,
  };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function spelled(container: TraceFormat['container']): string {
  return container === 'csv' ? 'CSV' : 'JSON lines';
}
