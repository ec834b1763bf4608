/**
 * Writes one result document in the formats that were asked for. Opens everything before the work, so that what cannot
 * be written is known before time is spent. Knows no analysis.
 */
import type { ResultDocument } from '@llmsim/analysis';
import { documentMarkdown } from '../drawing/document-markdown.ts';
import { documentText } from '../drawing/document-text.ts';
import { openSink } from '../files/sink.ts';
import { version } from '../version.ts';
import { destinationsOf, type OutputOptions } from './destinations.ts';

/** A result in the shapes that formats need. */
export interface Written {
  readonly document: ResultDocument;
  /** Everything, for `.json` in a folder. */
  readonly json: (folder: string) => object;
  /** Rows under the names of quantities, for `.csv` and `.parquet`. */
  readonly rows: ReadonlyArray<Readonly<Record<string, string | number | boolean | null>>>;
}

type Format = (result: Written, folder: string) => string | Uint8Array | Promise<string | Uint8Array>;

const FORMATS: ReadonlyMap<string, Format> = new Map<string, Format>([
  ['.json', asJson],
  ['.csv', csv],
  ['.md', ({ document }: Written) => documentMarkdown(document)],
  ['.html', async ({ document }) => (await import('../drawing/document-html.ts')).documentHtml([document])],
  ['.svg', async ({ document }) => (await import('../drawing/charts-svg.ts')).chartsSvg(document.charts)],
  ['.parquet', async ({ rows }) => (await import('../drawing/rows-parquet.ts')).rowsParquet(rows)],
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

async function csv({ rows }: Written): Promise<string> {
  const { stringify } = await import('csv-stringify/sync');
  return stringify([...rows], { header: true, cast: { boolean: String } });
}
