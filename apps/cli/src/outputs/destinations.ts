/** From `-o`, `--json` and `--quiet` to what is written where. Opens nothing and knows no format. */
import { UserError } from '../exit-codes.ts';

export interface OutputOptions {
  readonly output?: readonly string[];
  readonly json?: true;
  readonly quiet?: true;
}

export interface Destination<Format> {
  /** `-` is standard output. */
  readonly path: string;
  readonly format: Format;
}

/**
 * What the options name; the report for people goes to standard output when nothing else does.
 *
 * @param formats - by extension; the first that fits decides
 * @param more - what other options ask for
 * @throws UserError when a format is not known or two outputs go to standard output.
 */
export function destinationsOf<Format>(
  { output = [], json, quiet }: OutputOptions,
  formats: ReadonlyMap<string, Format>,
  people: Format,
  more: ReadonlyArray<Destination<Format>> = [],
): ReadonlyArray<Destination<Format>> {
  const wanted = output.map((path) => ({
    // `-.csv` is CSV on standard output.
    path: /^-(\.\w+)*$/.test(path) ? '-' : path,
    format: formatOf(path === '-' ? '-.json' : path, formats),
  }));
  if (json) wanted.push({ path: '-', format: formatOf('-.json', formats) });
  wanted.push(...more);
  const toStdout = wanted.filter(({ path }) => path === '-').length;
  if (toStdout > 1) throw new UserError('Only one output can go to standard output');
  if (toStdout === 0 && !quiet) wanted.push({ path: '-', format: people });
  return wanted;
}

function formatOf<Format>(path: string, formats: ReadonlyMap<string, Format>): Format {
  for (const [extension, format] of formats) if (path.toLowerCase().endsWith(extension)) return format;
  throw new UserError(
    `Cannot tell the format of -o ${path}; the extension must be one of ${[...formats.keys()].join(' ')}`,
  );
}
