/**
 * What a file is that the user opened or dropped: a scenario, a trace, or a result. Knows no format's inside.
 */
import type { ResultDocument } from '@llmsim/analysis';
import { MOST_SCENARIO_CHARACTERS, MOST_TRACE_BYTES } from '@llmsim/config';
import { Connection } from '../sim/connection.ts';
import { type CurvePart, joined } from '../sim/in-parts.ts';
import type { ReadResult } from '../sim/protocol.ts';

/** Any result is far smaller. */
const MOST_RESULT_BYTES = 20e6;

export type OpenedFile =
  | { readonly kind: 'scenario'; readonly file: string; readonly text: string }
  | { readonly kind: 'trace'; readonly file: File }
  | { readonly kind: 'document'; readonly file: string; readonly document: ResultDocument }
  | { readonly kind: 'refused'; readonly message: string };

/**
 * Never throws: a file that cannot be used is refused with the reason and the way out. A trace that the scenario on show
 * names, `asked`, is taken as it is, as the scenario may say how to read it.
 */
export async function openedFile(file: File, asked: boolean): Promise<OpenedFile> {
  const [, extension = ''] = /\.(\w+)$/.exec(file.name.toLowerCase()) ?? [];
  const refused = (reason: string): OpenedFile => ({
    kind: 'refused',
    message: `${file.name} was not opened: ${reason}`,
  });
  if (file.size === 0) return refused('it is empty.');
  switch (extension) {
    case 'csv':
    case 'jsonl':
      if (file.size > MOST_TRACE_BYTES)
        return refused(`a trace may have ${MOST_TRACE_BYTES / 1e9} GB here. Run it with llmsim run.`);
      return asked ? { kind: 'trace', file } : traceIn(file).catch(() => refused('it could not be read.'));
    case 'yaml':
    case 'yml': {
      if (file.size > MOST_SCENARIO_CHARACTERS) return refused('it is larger than any scenario.');
      const text = await file.text().catch(() => null);
      return text === null ? refused('it could not be read.') : { kind: 'scenario', file: file.name, text };
    }
    case 'json': {
      if (file.size > MOST_RESULT_BYTES) return refused('it is larger than any result.');
      const result = await resultIn(file);
      return result.kind === 'refused' ? refused(result.reason) : { ...result, file: file.name };
    }
    default:
      return refused('the page reads .yaml scenarios, .csv and .jsonl traces, and .json results.');
  }
}

/** A trace as far as its first request tells: anything else would take the place of the scenario's requests. */
async function traceIn(file: File): Promise<OpenedFile> {
  const { formatTraceProblem, readTrace, webStreamChunks } = await import('@llmsim/traces');
  const read = await readTrace(webStreamChunks(file.stream()), { file: file.name, limit: 1 });
  if (read.ok) return { kind: 'trace', file };
  const [problem] = read.problems;
  const reason = problem === undefined ? '' : `: ${formatTraceProblem(problem)}`;
  return { kind: 'refused', message: `${file.name} is no trace${reason}` };
}

/** Read in a worker of its own: the page stays alive, whatever the file holds. */
async function resultIn(file: File): Promise<ReadResult> {
  const connection = new Connection();
  try {
    const { signal } = new AbortController();
    const result = await connection.call<ReadResult>(signal, (remote) => remote.result(file));
    if (result.kind !== 'document') return result;
    const parts: CurvePart[] = [];
    const next = () => connection.call<CurvePart | null>(signal, (remote) => remote.nextPart());
    for (let part = await next(); part !== null; part = await next()) parts.push(part);
    return { kind: 'document', document: joined(result.document, parts) };
  } catch {
    return { kind: 'refused', reason: 'it could not be read.' };
  } finally {
    connection.close();
  }
}
