/**
 * The format of a file by its column names, or what stands in the way. Knows no rows.
 */
import { requiredColumns, type TraceFormat } from './format.ts';
import { nearestName } from './nearest.ts';
import { TRACE_FORMATS } from './table.ts';

/** What is wrong with the columns; `at` is the name to point at, null for the first. */
export interface NoFormat {
  readonly message: string;
  readonly fix: string;
  readonly at: string | null;
}

const LEAVE_OUT = 'Leave the format out to have it found by the columns.';

/** Chooses among the formats of a container; `wanted` is the one that was asked for, if any. */
export function chooseFormat(
  names: readonly string[],
  container: TraceFormat['container'],
  wanted: TraceFormat | null,
): TraceFormat | NoFormat {
  const none = noNames(names);
  if (none !== null) return none;
  const guessed = TRACE_FORMATS.filter((format) => format.container === container && !format.never_guessed);
  const fitting = guessed.find((format) => missing(format, names).length === 0);
  if (wanted === null) return fitting ?? unknown(names, guessed);
  if (wanted.container !== container) {
    const message = `this is ${spelled(container)}, but format ${wanted.name} is ${spelled(wanted.container)}`;
    return { message, fix: LEAVE_OUT, at: null };
  }
  if (missing(wanted, names).length === 0) return wanted;
  if (fitting === undefined) return incomplete(names, wanted, `format ${wanted.name}`);
  return {
    message: `the columns are those of format ${fitting.name}, not ${wanted.name}`,
    fix: LEAVE_OUT,
    at: null,
  };
}

/** What stands where the names of columns should; null for names. */
function noNames(names: readonly string[]): NoFormat | null {
  if (names.some((name) => name.includes('\r'))) {
    return { message: 'lines end in carriage returns alone', fix: 'End them in line feeds.', at: null };
  }
  if (names.length === 0 || !names.every((name) => /^[+-]?\.?\d[\d.eE+-]*$/.test(name))) return null;
  const fix = 'Write them above it, such as arrival_s,prompt_tokens,output_tokens.';
  return { message: 'this is a row of numbers, and no names of columns stand above it', fix, at: null };
}

function missing(format: TraceFormat, names: readonly string[]): readonly string[] {
  return requiredColumns(format).filter((column) => !names.includes(column));
}

function unknown(names: readonly string[], formats: readonly TraceFormat[]): NoFormat {
  if (names.length === 1 && /[;\t]/.test(names[0] ?? '')) {
    return { message: 'the columns are not separated by commas', fix: 'Separate them by commas.', at: null };
  }
  const closest = closestFormat(names, formats);
  if (closest !== null) return incomplete(names, closest, `format ${closest.name}, the closest,`);
  const known = formats.map((format) => `${requiredColumns(format).join(', ')} (${format.name})`);
  const message = 'these columns belong to no known trace format';
  return { message, fix: `Name them ${known.join(', or ')}.`, at: null };
}

/** The format that the fewest changes lead to; null when all its columns would have to be added. */
function closestFormat(names: readonly string[], formats: readonly TraceFormat[]): TraceFormat | null {
  let closest: TraceFormat | null = null;
  let least = 3;
  for (const format of formats) {
    const cost = missing(format, names).reduce(
      (sum, name) => sum + (nearestName(name, names)?.change ?? 1),
      0,
    );
    if (cost < least) {
      least = cost;
      closest = format;
    }
  }
  return closest;
}

function incomplete(names: readonly string[], format: TraceFormat, needing: string): NoFormat {
  const needed = requiredColumns(format);
  const lacking = missing(format, names);
  const spare = names.filter((name) => !needed.includes(name));
  const similar = lacking.map((name) => nearestName(name, spare)?.name ?? null);
  const changes = lacking.map((name, i) =>
    similar[i] === null ? `add ${name}` : `rename ${similar[i]} to ${name}`,
  );
  const columns = `column${lacking.length === 1 ? '' : 's'} ${lacking.join(', ')}`;
  const fix = changes.join(', ');
  return {
    message: `${columns} missing: ${needing} needs ${needed.join(', ')}`,
    fix: `${fix.charAt(0).toUpperCase()}${fix.slice(1)}.`,
    at: similar.find((name) => name !== null) ?? null,
  };
}

function spelled(container: TraceFormat['container']): string {
  return container === 'csv' ? 'CSV' : 'JSON lines';
}
