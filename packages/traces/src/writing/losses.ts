/**
 * What writing a trace in a format would lose. Knows no text.
 */
import type { TraceFormatName } from '../formats/format.ts';
import { formatNamed } from '../formats/table.ts';
import { type WritableTrace, writableBlocks } from './write-trace.ts';

/**
 * What `writeTrace` leaves out, rounds or cannot know, in sentences for a person; empty when reading the text back
 * gives the same trace.
 */
export function conversionLosses(trace: WritableTrace, format_name: TraceFormatName): string[] {
  const { name, time, columns } = formatNamed(format_name);
  const { arrival_s, session, hash_ids } = trace.workload;
  const losses: string[] = [];
  if (time.resolution_s > 0 && !Array.from(arrival_s).every((t) => isOn(time.resolution_s, t))) {
    losses.push(`Arrival times are rounded to ${time.resolution_s} s.`);
  }
  if (time.absolute && (arrival_s[0] ?? 0) > 0) {
    losses.push(`${name} has dates: read back, the first request arrives at 0 s, not at ${arrival_s[0]} s.`);
  }
  if (session !== undefined && columns.session === undefined) {
    losses.push(`Sessions have no place in ${name} and are left out.`);
  }
  if (hash_ids !== undefined) {
    const { block_size } = hash_ids;
    if (writableBlocks(trace, columns.hash_ids) === undefined) {
      losses.push(`Prefix hash ids of ${block_size}-token blocks have no place in ${name} and are left out.`);
    } else if (columns.hash_ids?.fixed === false) {
      losses.push(
        `${name} does not say the block size: tell its reader that blocks have ${block_size} tokens.`,
      );
    }
  }
  return losses;
}

function isOn(resolution_s: number, time: number): boolean {
  const per_s = Math.round(1 / resolution_s);
  return Math.round(time * per_s) / per_s === time;
}
