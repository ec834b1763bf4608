/**
 * Times that are dates, such as `2023-11-16 18:15:46.6805900`. Parsed by hand: a JavaScript Date keeps milliseconds
 * only. Knows no columns.
 */
import { ARRIVAL } from '../rows/row.ts';
import type { TimeColumn } from './format.ts';

/** A moment as whole seconds since 1970 and nanoseconds: a double cannot hold both. */
export interface Moment {
  readonly s: number;
  readonly ns: number;
}

const TIMESTAMP =
  /^\s*(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?\s*(?:(Z)|([+-])(\d\d):?(\d\d))?\s*$/;

/** Parses a date with a time; without a zone it is taken as UTC. Null for anything else. */
export function parseTimestamp(text: string): Moment | null {
  const match = TIMESTAMP.exec(text);
  if (match === null) return null;
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(Number);
  if (year === undefined || month === undefined || day === undefined) return null;
  if (hour === undefined || minute === undefined || second === undefined) return null;
  const date = new Date(Date.UTC(year, month - 1, day));
  const exists =
    date.getUTCFullYear() === year && date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
  if (!exists || hour > 23 || minute > 59 || second > 59) return null;
  const zone_minutes = Number(match[10] ?? 0) * 60 + Number(match[11] ?? 0);
  const east_s = (match[9] === '-' ? -60 : 60) * zone_minutes;
  return {
    s: date.getTime() / 1000 + hour * 3600 + minute * 60 + second - east_s,
    ns: Number((match[7] ?? '').padEnd(9, '0')),
  };
}

/** Seconds from one moment to another, rounded once. */
export function secondsBetween(from: Moment, to: Moment): number {
  const ns = (to.s - from.s) * 1e9 + (to.ns - from.ns);
  return Number.isSafeInteger(ns) ? ns / 1e9 : to.s - from.s + (to.ns - from.ns) / 1e9;
}

/** Seven fractional digits, as .NET writes them; times count from the first row that is read. */
export const timestamps: TimeColumn = {
  rule: 'a date and time such as 2023-11-16 18:15:46.6805900',
  resolution_s: 1e-7,
  absolute: true,
  reader() {
    let origin: Moment | null = null;
    return (row) => {
      const moment = parseTimestamp(row.text(ARRIVAL));
      if (moment === null) return Number.NaN;
      origin ??= moment;
      return secondsBetween(origin, moment);
    };
  },
};

const TICKS_PER_S = 10_000_000;

/** The timestamp `arrival_s` after the start of 1970, to the nearest 100 ns. */
export function writeTimestamp(arrival_s: number): string {
  const whole = Math.floor(arrival_s);
  const ticks = Math.round((arrival_s - whole) * TICKS_PER_S);
  const s = whole + (ticks === TICKS_PER_S ? 1 : 0);
  const fraction = String(ticks % TICKS_PER_S).padStart(7, '0');
  return `${new Date(s * 1000).toISOString().slice(0, 19).replace('T', ' ')}.${fraction}`;
}
