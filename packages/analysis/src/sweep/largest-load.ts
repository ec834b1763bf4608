/**
 * The largest load at which the SLOs are met, between the points of a line. Knows no runs: only who met them.
 */
import { ln } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import { REQUIRED_ATTAINMENT } from '../views/answer.ts';

/** Who met the SLOs in one run, of those that were judged. */
export interface Met {
  readonly judged: number;
  readonly met: number;
}

/** A point of a line: its load, and who met the SLOs in each run, in the order of the seeds. */
export interface LoadPoint {
  readonly x: number;
  readonly misses: ReadonlyArray<Met | null>;
}

/** `between`: inside the grid, with its interval; `above`, `below`: the SLOs are met, or missed, at every load. */
export type LargestLoad =
  | { readonly kind: 'between'; readonly interval: MeanInterval }
  | { readonly kind: 'above' | 'below'; readonly x: number };

/**
 * For each seed the load at which the share of requests that miss crosses 1 − `REQUIRED_ATTAINMENT`, interpolated
 * between the last point that meets and the next one, the logarithm of the share taken as linear in the load, which is
 * how the tail of a wait grows in an M/M/c queue. Then the t interval over the seeds, which see the same requests at
 * every load. `above` and `below` when a seed never crosses; null when nobody was judged.
 *
 * @param line - load ascending, each point with as many runs
 */
export function largestLoad(line: readonly LoadPoint[]): LargestLoad | null {
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined) return null;
  if (line.some(({ misses }) => misses.length < 2 || misses.includes(null))) return null;
  const crossings = first.misses.map((_, seed) => crossing(line, seed));
  if (crossings.some((x) => x === Number.NEGATIVE_INFINITY)) return { kind: 'below', x: first.x };
  if (crossings.some((x) => x === Number.POSITIVE_INFINITY)) return { kind: 'above', x: last.x };
  return { kind: 'between', interval: meanInterval(crossings) };
}

/** ±∞ when the seed misses everywhere or nowhere. */
function crossing(line: readonly LoadPoint[], seed: number): number {
  const allowed = 1 - REQUIRED_ATTAINMENT;
  const shares = line.map(({ x, misses }) => ({ x, share: missShare(misses[seed] ?? null) }));
  const miss = shares.findIndex(({ share }) => share > allowed);
  if (miss === -1) return Number.POSITIVE_INFINITY;
  const [before, after] = [shares[miss - 1], shares[miss]];
  if (before === undefined || after === undefined) return Number.NEGATIVE_INFINITY;
  const rise = ln(allowed / before.share) / ln(after.share / before.share);
  return before.x + rise * (after.x - before.x);
}

/** Half a request at least: nobody missed in this run, which does not say that nobody ever would. */
function missShare(met: Met | null): number {
  if (met === null || met.judged === 0) return 1;
  const missed = met.judged - met.met;
  // As `attainment >= REQUIRED_ATTAINMENT` decides, to the last bit.
  const share = 1 - met.met / met.judged;
  return missed === 0 ? Math.min(0.5 / met.judged, (1 - REQUIRED_ATTAINMENT) / 2) : share;
}
