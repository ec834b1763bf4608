/**
 * `trace convert`: reads one format, writes another, says what is lost.
 */
import { conversionLosses, type Trace, type TraceFormatName, writeTrace } from '@llmsim/traces';
import { openSink, type Sink } from '../files/sink.ts';
import { readTraceFile } from '../scenario/trace-file.ts';
import { tell } from '../terminal/tell.ts';
import { watchedWork } from '../terminal/watched-work.ts';
import { type ReadingOptions, readTraceOptions } from './reading-options.ts';

export async function convert(
  from: string,
  out: string,
  { to, ...options }: ReadingOptions & { readonly to: TraceFormatName },
): Promise<void> {
  const quiet = options.quiet === true;
  const sink = openSink(out);
  const trace = await readTraceFile(from, readTraceOptions(options), { quiet });
  for (const loss of conversionLosses(trace, to)) tell(`warning: ${out}: ${loss}`);
  await write(trace, to, { out, sink, quiet });
  sink.commit();
}

/** What goes to standard output is not watched: it may be the same terminal. */
function write(
  trace: Trace,
  to: TraceFormatName,
  { out, sink, quiet }: { readonly out: string; readonly sink: Sink; readonly quiet: boolean },
): Promise<void> {
  const total = trace.workload.arrival_s.length;
  const watched = { subject: out, verb: 'written', total, quiet: quiet || out === '-' };
  return watchedWork(watched, async ({ update, pause }) => {
    let written = 0;
    for (const text of writeTrace(trace, to)) {
      sink.write(text);
      written += linesIn(text);
      update(written);
      await pause();
    }
  });
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
