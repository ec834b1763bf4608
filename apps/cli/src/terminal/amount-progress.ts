/**
 * How much of an amount is done, on standard error: bytes read, rows written. Knows no work.
 */
import { clockTime } from './clock-time.ts';
import { type StatusStream, statusLine } from './status-line.ts';

export interface Amount {
  /** What is worked on, such as the name of a file. */
  readonly subject: string;
  /** What has happened to what is done: `read`, `written`. */
  readonly verb: string;
  /** Null: nobody knows. */
  readonly total: number | null;
  /** An amount in words; absent: only its share is told. */
  readonly inWords?: (amount: number) => string;
}

export interface AmountProgress {
  /** So much is done by now. */
  update(done: number): void;
  /** Removes the line from a terminal. */
  clear(): void;
}

/** A line about work that starts now; silent without a stream. `now` gives milliseconds. */
export function amountProgress(
  stream: StatusStream | null,
  amount: Amount,
  now?: () => number,
): AmountProgress {
  const line = stream === null ? null : statusLine(stream, now);
  return {
    update: (done) => line?.show((elapsed_s) => describe(amount, done, elapsed_s)),
    clear: () => line?.clear(),
  };
}

/** `34 % read · 20.1 MB/s · 0:08 left · day.csv`, or `12.3 MB read · 20.1 MB/s · <stdin>`. */
function describe({ subject, verb, total, inWords }: Amount, done: number, elapsed_s: number): string {
  const parts: string[] = [];
  if (total !== null && total > 0) parts.push(`${Math.min(100, Math.floor((100 * done) / total))} % ${verb}`);
  else if (inWords !== undefined) parts.push(`${inWords(done)} ${verb}`);
  if (inWords !== undefined) parts.push(`${inWords(done / elapsed_s)}/s`);
  if (total !== null && done > 0 && done <= total) {
    parts.push(`${clockTime((elapsed_s * (total - done)) / done)} left`);
  }
  return [...parts, subject].join(' · ');
}

/** Bytes as people read them: `0.4 MB`. */
export function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toLocaleString('en', { minimumFractionDigits: 1, maximumFractionDigits: 1 })} MB`;
}
