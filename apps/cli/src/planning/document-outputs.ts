/**
 * Writes one result document in the formats that were asked for. Opens everything before the work, so that what cannot
 * be written is known before time is spent. Knows no analysis.
 */
import type { ResultDocument } from '@llmsim/analysis';
import { documentMarkdown } from '../drawing/document-markdown.ts';
import { documentText } from '../drawing/document-text.ts';
import { UserError } from '../exit-codes.ts';
import { openSink, type Sink } from '../files/sink.ts';
import { version } from '../version.ts';
import type { PlanningOptions } from './planning-options.ts';

/** A result in the shapes that formats need. */
export interface Written {
  readonly document: ResultDocument;
  /** Everything, for `.json`. */
  readonly json: object;
  /** Rows under the names of quantities, for `.csv` and `.parquet`. */
  readonly rows: ReadonlyArray<Readonly<Record<string, string | number | boolean | null>>>;
}

type Format = (result: Written) => string | Uint8Array | Promise<string | Uint8Array>;

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['.json', asJson],
  ['.csv', csv],
  ['.md', ({ document }: Written) => documentMarkdown(document)],
  ['.html', async ({ document }) => (await import('../drawing/document-html.ts')).documentHtml([document])],
  ['.svg', async ({ document }) => (await import('@llmsim/charts')).chartsSvg(document.charts)],
  ['.parquet', async ({ rows }) => (await import('../drawing/rows-parquet.ts')).rowsParquet(rows)],
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

/** Says what it is and brings its document, so that `report` needs no knowledge of the analysis. */
function asJson({ document, json }: Written): string {
  return `${JSON.stringify({ kind: document.kind, version, ...json, document }, null, 2)}\n`;
}

async function csv({ rows }: Written): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify([...rows], { header: true, cast: { boolean: String } });
}
