/**
 * How far a run is, on standard error: one line that is rewritten on a terminal, plain lines elsewhere.
 * Silent for the first second. Knows no simulation: it is told a share and a count.
 */
import type { Progress } from '@llmsim/engine';

import { inSigns } from './signs.ts';

const SILENT_MS = 1000;
const TERMINAL_PERIOD_MS = 100;
const PLAIN_PERIOD_MS = 5000;

interface ProgressStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface ProgressLine {
  update(progress: Progress): void;
  /** Removes the line from a terminal. */
  clear(): void;
}

/** A line that follows a run that starts now; `now` gives milliseconds. */
export function progressLine(
  stream: ProgressStream,
  now: () => number = () => performance.now(),
): ProgressLine {
  const started = now();
  const period = stream.isTTY ? TERMINAL_PERIOD_MS : PLAIN_PERIOD_MS;
  let due = started + SILENT_MS;
  let shown = false;
  return {
    update(progress) {
      const at = now();
      if (at < due || progress.done) return;
      due = at + period;
      shown = true;
      const line = describeProgress(progress, (at - started) / 1000);
      stream.write(stream.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
    },
    clear() {
      if (shown && stream.isTTY) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}

/** `34 % done · 1.2 M requests/s · 0:08 left`. */
function describeProgress({ fraction, completed }: Progress, elapsed_s: number): string {
  const parts = [
    `${completed.toLocaleString('en')} requests done`,
    `${compact(completed / elapsed_s)} requests/s`,
  ];
  if (fraction > 0 && fraction <= 1) {
    parts.unshift(`${Math.floor(100 * fraction)} %`);
    parts.push(`${clockTime((elapsed_s * (1 - fraction)) / fraction)} left`);
  }
  return inSigns(parts.join(' · '));
}

function compact(rate: number): string {
  if (rate >= 1e6) return `${(rate / 1e6).toFixed(1)} M`;
  if (rate >= 1e3) return `${(rate / 1e3).toFixed(0)} k`;
  return rate.toFixed(0);
}

function clockTime(seconds: number): string {
  const whole = Math.ceil(seconds);
  const two = (part: number): string => String(part).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
