/**
 * How far a run is, on standard error. Knows no simulation: it is told a share and a count.
 */
import type { Progress } from '@llmsim/engine';
import { clockTime } from './clock-time.ts';
import { type StatusStream, statusLine } from './status-line.ts';

export interface ProgressLine {
  update(progress: Progress): void;
  /** Removes the line from a terminal. */
  clear(): void;
}

/** A line that follows a run that starts now; `now` gives milliseconds. */
export function progressLine(stream: StatusStream, now?: () => number): ProgressLine {
  const line = statusLine(stream, now);
  return {
    update(progress) {
      if (!progress.done) line.show((elapsed_s) => describeProgress(progress, elapsed_s));
    },
    clear: line.clear,
  };
}

/** `34 % · 61,000 requests done · 1.2 M requests/s · 0:08 left`. */
function describeProgress({ fraction, completed }: Progress, elapsed_s: number): string {
  const parts = [
    `${completed.toLocaleString('en')} requests done`,
    `${compact(completed / elapsed_s)} requests/s`,
  ];
  if (fraction > 0 && fraction <= 1) {
    parts.unshift(`${Math.floor(100 * fraction)} %`);
    parts.push(`${clockTime((elapsed_s * (1 - fraction)) / fraction)} left`);
  }
  return parts.join(' · ');
}

function compact(rate: number): string {
  if (rate >= 1e6) return `${(rate / 1e6).toFixed(1)} M`;
  if (rate >= 1e3) return `${(rate / 1e3).toFixed(0)} k`;
  return rate.toFixed(0);
}
