/**
 * Writes one result document in the formats that were asked for. Opens everything before the work, so that what cannot
 * be written is known before time is spent. Knows no analysis.
 */
import type { ResultDocument } from '@llmsim/analysis';
import { documentMarkdown } from '../drawing/document-markdown.ts';
import { documentText } from '../drawing/document-text.ts';
import { type MadeFrom, rowsMadeFrom } from '../drawing/made-from.ts';
import { openSink } from '../files/sink.ts';
import { version } from '../version.ts';
import { destinationsOf, type OutputOptions } from './destinations.ts';

/** A result in the shapes that formats need. */
export interface Written {
  readonly document: ResultDocument;
  /** Everything, for `.json` in a folder. */
  readonly json: (folder: string) => object;
  /** What it was made from, for a file in a folder: one configuration, or that of each option. */
  readonly made_from: (folder: string) => readonly MadeFrom[];
  /** Rows under the names of quantities, for `.csv` and `.parquet`. */
  readonly rows: ReadonlyArray<Readonly<Record<string, string | number | boolean | null>>>;
}

type Format = (result: Written, folder: string) => string | Uint8Array | Promise<string | Uint8Array>;

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['.json', asJson],
  ['.csv', csv],
  ['.md', ({ document, made_from }, folder) => documentMarkdown(document, made_from(folder))],
  ['.html', html],
  ['.svg', svg],
  ['.parquet', parquet],
]);

export interface DocumentOutputs {
  write(result: Written): Promise<void>;
}

/** @throws UserError when a format is not known or a file cannot be written. */
export function openOutputs(options: OutputOptions): DocumentOutputs {
  const text: Format = ({ document }) => documentText(document);
  const open = destinationsOf(options, FORMATS, text).map(({ path, format }) => ({
    sink: openSink(path),
    format,
  }));
  return {
    async write(result) {
      for (const { sink, format } of open) {
        sink.write(await format(result, sink.folder));
        sink.commit();
      }
    },
  };
}

/** Says what it is and brings its document, so that `report` needs no knowledge of the analysis. */
function asJson({ document, json }: Written, folder: string): string {
  return `${JSON.stringify({ kind: document.kind, version, ...json(folder), document }, null, 2)}\n`;
}

async function csv({ rows, made_from }: Written, folder: string): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  const marked = rowsMadeFrom(rows, made_from(folder), version);
  return stringify(marked, { header: true, cast: { boolean: String } });
}

async function parquet({ rows, made_from }: Written, folder: string): Promise<Uint8Array> {
  const { rowsParquet } = await import('../drawing/rows-parquet.ts');
  return rowsParquet(rowsMadeFrom(rows, made_from(folder), version));
}

async function html({ document, made_from }: Written, folder: string): Promise<string> {
  const { documentHtml } = await import('../drawing/document-html.ts');
  return documentHtml([document], [made_from(folder)]);
}

async function svg({ document, made_from }: Written, folder: string): Promise<string> {
  const { chartsSvg } = await import('../drawing/charts-svg.ts');
  return chartsSvg(document.charts, { llmsim: version, made_from: made_from(folder) });
}
