/**
 * Writes one result document in the formats that were asked for. Opens everything before the work, so that what cannot
 * be written is known before time is spent. Knows no analysis.
 */
import type { ResultDocument } from '@llmsim/analysis';
import { UserError } from '../exit-codes.ts';
import { openSink, type Sink } from '../files/sink.ts';
import { documentMarkdown } from './document-markdown.ts';
import { documentText } from './document-text.ts';
import type { PlanningOptions } from './planning-options.ts';

/** A result in the shapes that formats need. */
export interface Written {
  readonly document: ResultDocument;
  /** Everything, for `.json`. */
  readonly json: object;
  /** Rows under the names of quantities, for `.csv`. */
  readonly rows: ReadonlyArray<Readonly<Record<string, string | number | boolean | null>>>;
}

type Format = (result: Written) => string | Promise<string>;

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['.json', ({ json }: Written) => `${JSON.stringify(json, null, 2)}\n`],
  ['.csv', csv],
  ['.md', ({ document }: Written) => documentMarkdown(document)],
]);

export interface DocumentOutputs {
  write(result: Written): Promise<void>;
}

/** @throws UserError when a format is not known or a file cannot be written. */
export function openOutputs({
  output = [],
  json,
  quiet,
}: Pick<PlanningOptions, 'output' | 'json' | 'quiet'>): DocumentOutputs {
  const wanted = output.map((path) => ({
    // `-.csv` is CSV on standard output.
    path: /^-(\.\w+)*$/.test(path) ? '-' : path,
    format: formatOf(path === '-' ? '-.json' : path),
  }));
  if (json) wanted.push({ path: '-', format: formatOf('-.json') });
  const toStdout = wanted.filter(({ path }) => path === '-').length;
  if (toStdout > 1) throw new UserError('Only one output can go to standard output');
  if (toStdout === 0 && !quiet) wanted.push({ path: '-', format: ({ document }) => documentText(document) });
  const open = wanted.map(({ path, format }): { sink: Sink; format: Format } => ({
    sink: openSink(path),
    format,
  }));
  return {
    async write(result) {
      for (const { sink, format } of open) {
        sink.write(await format(result));
        sink.commit();
      }
    },
  };
}

function formatOf(path: string): Format {
  for (const [extension, format] of FORMATS) if (path.toLowerCase().endsWith(extension)) return format;
  throw new UserError(
    `Cannot tell the format of -o ${path}; the extension must be one of ${[...FORMATS.keys()].join(' ')}`,
  );
}

async function csv({ rows }: Written): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify([...rows], { header: true, cast: { boolean: String } });
}
