/** The `report` command: reads results, writes one page. Knows no analysis. */
import { basename, extname } from 'node:path';
import type { ResultDocument } from '@llmsim/analysis';
import { documentHtml } from '../drawing/document-html.ts';
import { UserError } from '../exit-codes.ts';
import { readText } from '../files/read-text.ts';
import { openSink } from '../files/sink.ts';
import { storedResult } from './stored-result.ts';

export interface ReportOptions {
  readonly output: string;
}

/** @throws UserError with the problems of all files. */
export async function writeReport(files: readonly string[], { output }: ReportOptions): Promise<void> {
  if (!['', '.html', '.htm'].includes(extname(output).toLowerCase())) {
    throw new UserError(`Cannot write -o ${output}: report makes an HTML page, whose name ends in .html`);
  }
  const documents: ResultDocument[] = [];
  const problems: string[] = [];
  for (const file of files) {
    try {
      const { document, problem } = storedResult(await readText(file), titleOf(file));
      if (document === null) problems.push(`${file}: ${problem}`);
      else documents.push(document);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problems.push(error.message);
    }
  }
  if (problems.length > 0) {
    const head = problems.length === 1 ? '' : `${problems.length} files cannot be shown\n`;
    throw new UserError(head + problems.join('\n'));
  }
  const sink = openSink(output);
  sink.write(documentHtml(documents, []));
  sink.commit();
  if (output !== '-') process.stderr.write(`Wrote ${output}\n`);
}

function titleOf(file: string): string {
  return file === '-' ? 'standard input' : basename(file);
}
