/**
 * How far a search is, on standard error: what is examined and how many simulations are done. One line that is
 * rewritten on a terminal, plain lines elsewhere; silent for the first second, then never for long, also while the first
 * simulation goes on. Knows no search.
 */
import { inSigns } from './signs.ts';

const SILENT_MS = 1000;
const TERMINAL_PERIOD_MS = 100;
const PLAIN_PERIOD_MS = 5000;

interface SearchStream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

export interface SearchProgress {
  /** What is being examined from now on. */
  readonly examining: (name: string) => void;
  /** One more simulation is done. */
  readonly ran: () => void;
  /** Removes the line from a terminal. */
  readonly clear: () => void;
}

/**
 * @param total - simulations in all, where that is known: then the line says the time left
 * @param now - milliseconds
 */
export function searchProgress(
  stream: SearchStream | null,
  total: number | null = null,
  now: () => number = () => performance.now(),
): SearchProgress {
  const started = now();
  let due = started + SILENT_MS;
  let subject = '';
  let runs = 0;
  let shown = false;
  const show = (): void => {
    const at = now();
    if (stream === null || at < due) return;
    due = at + (stream.isTTY ? TERMINAL_PERIOD_MS : PLAIN_PERIOD_MS);
    shown = true;
    const rate = (1000 * runs) / (at - started);
    // What is left to narrow down after the count is not known.
    const known = total !== null && runs < total;
    const count = `${known ? `${runs} of ${total}` : runs} simulation${known || runs !== 1 ? 's' : ''}`;
    const pace = runs === 0 ? '' : ` · ${rate.toFixed(1)}/s`;
    const left = !known || runs === 0 ? '' : ` · ${Math.ceil((total - runs) / rate)} s left`;
    const line = inSigns(`${count} done${pace}${left}${subject === '' ? '' : ` · ${subject}`}`);
    stream.write(stream.isTTY ? `\r${line}\x1b[K` : `${line}\n`);
  };
  // Between the slices of a long simulation. It keeps nobody alive.
  const ticking = stream === null ? null : setInterval(show, TERMINAL_PERIOD_MS).unref();
  return {
    examining(name) {
      subject = name;
      show();
    },
    ran() {
      runs++;
      show();
    },
    clear() {
      if (ticking !== null) clearInterval(ticking);
      if (shown && stream?.isTTY) stream.write('\r\x1b[K');
      shown = false;
    },
  };
}
