/**
 * How far a search is, on standard error: what is examined and how many simulations are done. Never silent for long, also
 * while the first simulation goes on. Knows no search.
 */
import { type StatusStream, statusLine, TERMINAL_PERIOD_MS } from './status-line.ts';

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
  stream: StatusStream | null,
  total: number | null = null,
  now?: () => number,
): SearchProgress {
  const line = stream === null ? null : statusLine(stream, now);
  let subject = '';
  let runs = 0;
  const describe = (elapsed_s: number): string => {
    const rate = runs / elapsed_s;
    // What is left to narrow down after the count is not known.
    const known = total !== null && runs < total;
    const count = `${known ? `${runs} of ${total}` : runs} simulation${known || runs !== 1 ? 's' : ''}`;
    const pace = runs === 0 ? '' : ` · ${rate.toFixed(1)}/s`;
    const left = !known || runs === 0 ? '' : ` · ${Math.ceil((total - runs) / rate)} s left`;
    return `${count} done${pace}${left}${subject === '' ? '' : ` · ${subject}`}`;
  };
  const show = (): void => line?.show(describe);
  // Between the slices of a long simulation. It keeps nobody alive.
  const ticking = line === null ? null : setInterval(show, TERMINAL_PERIOD_MS).unref();
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
      line?.clear();
    },
  };
}
