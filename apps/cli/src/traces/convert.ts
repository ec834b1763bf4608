/**
 * `trace convert`: reads one format, writes another, says what is lost.
 */
import { conversionLosses, type TraceFormatName, writeTrace } from '@llmsim/traces';
import { openSink } from '../files/sink.ts';
import { readTraceFile } from '../scenario/trace-file.ts';
import { tell } from '../terminal/tell.ts';
import { type ReadingOptions, readTraceOptions } from './reading-options.ts';

export async function convert(
  from: string,
  out: string,
  { to, ...options }: ReadingOptions & { readonly to: TraceFormatName },
): Promise<void> {
  const sink = openSink(out);
  const trace = await readTraceFile(from, readTraceOptions(options));
  for (const loss of conversionLosses(trace, to)) tell(`warning: ${out}: ${loss}`);
  for (const text of writeTrace(trace, to)) sink.write(text);
  sink.commit();
}
