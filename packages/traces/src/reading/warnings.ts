/**
 * What a careful reader should be told about a trace that was read. Knows no rows.
 */
import type { TraceFormat } from '../formats/format.ts';
import { formatNamed } from '../formats/table.ts';
import type { ReadTraceOptions } from '../shaping/options.ts';
import type { Shaped } from '../shaping/shape.ts';
import type { TraceWarning } from '../trace.ts';

/** What became of a file, for the warnings. */
export interface Reading {
  readonly format: TraceFormat;
  readonly rows: number;
  readonly failed: number;
  /** From the first to the last request of the file, before any shaping, seconds. */
  readonly span_s: number;
  /** When the first request of the file arrives, seconds. */
  readonly first_s: number;
  readonly shaped: Shaped;
}

export function warningsOf(reading: Reading, options: ReadTraceOptions): TraceWarning[] {
  return [
    timeUnit(reading, options),
    timeGrid(reading, options),
    failures(reading),
    lateStart(reading, options),
  ].filter((warning) => warning !== null);
}

function timeUnit({ format, span_s }: Reading, { format: given }: ReadTraceOptions): TraceWarning | null {
  if (given !== undefined || format.name !== 'mooncake') return null;
  const { columns } = formatNamed('vllm');
  const message =
    `${columns.arrival} has no unit. Taken as milliseconds (format mooncake), the requests span ${duration(span_s)}; ` +
    `as seconds (format vllm) they would span ${duration(span_s * 1000)}. Give the format to decide.`;
  return { trap: 'time_unit', message };
}

function timeGrid(
  { shaped: { grid_s, spread_s } }: Reading,
  { seed = 0 }: ReadTraceOptions,
): TraceWarning | null {
  if (grid_s === null) return null;
  const grid = `Arrival times lie on a grid of ${duration(grid_s)}`;
  const message =
    spread_s > 0
      ? `${grid}; they were spread over ${duration(spread_s)} at random (seed ${seed}).`
      : `${grid}: replayed as they are, requests come in bursts that never happened. Read with jitter: true to ` +
        'spread them over the grid cell.';
  return { trap: 'time_grid', message };
}

function failures({ failed, rows }: Reading): TraceWarning | null {
  if (failed === 0) return null;
  const message = `${failed} of ${failed + rows} requests failed (0 output tokens) and were skipped.`;
  return { trap: 'failed_requests', message };
}

function lateStart({ first_s, span_s }: Reading, { start_s }: ReadTraceOptions): TraceWarning | null {
  if (start_s !== undefined || first_s <= Math.max(60, span_s)) return null;
  const message =
    `The first request arrives at ${first_s} s and nothing happens before. ` +
    `Read with start_s: ${Math.floor(first_s)} to begin there.`;
  return { trap: 'late_start', message };
}

/** Seconds in a unit that a person would choose. */
function duration(seconds: number): string {
  const [size, unit] =
    seconds < 120
      ? [1, 's']
      : seconds < 7200
        ? [60, 'min']
        : seconds < 172_800
          ? [3600, 'h']
          : [86_400, 'days'];
  return `${Number((seconds / size).toPrecision(3))} ${unit}`;
}
