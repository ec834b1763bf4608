/**
 * The columns of a file → the workload that was asked for: order, part, jitter, scale. Knows no files.
 */
import { rowsOf } from '../columns/rows-of.ts';
import type { TraceColumns } from '../columns/trace-columns.ts';
import type { Jitter } from '../trace.ts';
import { timeGrid } from './grid.ts';
import { arrivalsBy } from './jitter.ts';
import type { ReadTraceOptions } from './options.ts';

/** Where the time grid comes from and what was done about it. */
export interface Shaped {
  readonly columns: TraceColumns;
  /** Cell of the time grid before scaling, seconds; null when there is none. */
  readonly grid_s: number | null;
  /** Over how many seconds of the trace arrivals were spread; 0: not at all. */
  readonly spread_s: number;
  /** Null without jitter. */
  readonly jitter: Jitter | null;
}

/** Requests in order of arrival, ties in order of the file. Dates start at the first of them, at 0. */
export function sorted(columns: TraceColumns, absolute: boolean): TraceColumns {
  const { arrival_s } = columns;
  const order = Int32Array.from(arrival_s, (_, row) => row);
  order.sort((a, b) => (arrival_s[a] ?? 0) - (arrival_s[b] ?? 0) || a - b);
  const ordered = rowsOf(columns, order);
  const first = ordered.arrival_s[0] ?? 0;
  if (!absolute || first === 0) return ordered;
  // Dates have at most nine digits: rounding to them undoes the error of the subtraction.
  return { ...ordered, arrival_s: ordered.arrival_s.map((time) => Math.round((time - first) * 1e9) / 1e9) };
}

/** Keeps what `start_s` and `limit` say, then spreads and scales times. The columns are in order of arrival. */
export function shaped(columns: TraceColumns, options: ReadTraceOptions): Shaped {
  const { start_s = 0, limit, time_scale = 1, jitter = false, seed = 0 } = options;
  const part = partOf(columns, start_s, limit ?? columns.arrival_s.length);
  const grid_s = timeGrid(part.arrival_s);
  const spread_s = typeof jitter === 'number' ? jitter : jitter === false ? 0 : (grid_s ?? 0);
  const spread: Jitter = { arrival_s: part.arrival_s, spread_s, time_scale };
  const arrival_s = arrivalsBy(spread, seed);
  return { columns: { ...part, arrival_s }, grid_s, spread_s, jitter: spread_s === 0 ? null : spread };
}

/** At most `limit` requests from `start_s` on, which becomes 0. */
function partOf(columns: TraceColumns, start_s: number, limit: number): TraceColumns {
  const all = columns.arrival_s.length;
  let first = 0;
  while (first < all && (columns.arrival_s[first] ?? 0) < start_s) first++;
  const count = Math.min(limit, all - first);
  if (count === all && start_s === 0) return columns;
  const part = rowsOf(
    columns,
    Int32Array.from({ length: count }, (_, i) => first + i),
  );
  return { ...part, arrival_s: part.arrival_s.map((time) => time - start_s) };
}
