/**
 * A line of state on standard error: rewritten on a terminal and never wider than it, plain lines elsewhere. Silent for
 * the first second. Knows no work.
 */
import { columnsOf } from './columns.ts';
import { inSigns } from './signs.ts';
import { type Terminal, widthOf } from './width.ts';

const SILENT_MS = 1000;
/** How often the line of a terminal is rewritten at most. */
export const TERMINAL_PERIOD_MS = 100;
const PLAIN_PERIOD_MS = 5000;

export interface StatusStream extends Terminal {
  write(text: string): unknown;
}

export interface StatusLine {
  /** Shows what `describe` says after so many seconds, if it is time to. */
  show(describe: (elapsed_s: number) => string): void;
  /** Removes the line from a terminal. */
  clear(): void;
}

/** The line of work that starts now; `now` gives milliseconds. */
export function statusLine(stream: StatusStream, now: () => number = () => performance.now()): StatusLine {
  const started = now();
  const period = stream.isTTY ? TERMINAL_PERIOD_MS : PLAIN_PERIOD_MS;
  let due = started + SILENT_MS;
  let shown = false;
  return {
    show(describe) {
      const at = now();
      if (at < due) return;
      due = at + period;
      shown = true;
      const line = inSigns(describe((at - started) / 1000));
      stream.write(stream.isTTY ? `\r${cut(line, widthOf(stream) - 1)}\x1b[K` : `${line}\n`);
    },
    clear() {
      if (shown && stream.isTTY) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}

/** A line that a terminal breaks is not rewritten but repeated. */
function cut(line: string, columns: number): string {
  if (columnsOf(line) <= columns) return line;
  const dots = inSigns('…');
  const letters = [...line];
  while (letters.length > 0 && columnsOf(letters.join('') + dots) > columns) letters.pop();
  return letters.join('') + dots;
}
