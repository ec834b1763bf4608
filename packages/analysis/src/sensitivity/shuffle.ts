/** Any order as likely as any other. Knows no design. */

/**
 * Puts items in a random order, in place: R. A. Fisher and F. Yates, by the exchange of R. Durstenfeld, "Algorithm 235",
 * Communications of the ACM 7 (1964).
 *
 * @param uniform - gives numbers from 0 to below 1
 */
export function shuffle(items: number[], uniform: () => number): void {
  for (let last = items.length - 1; last > 0; last--) {
    const other = Math.floor(uniform() * (last + 1));
    [items[last], items[other]] = [items[other] ?? 0, items[last] ?? 0];
  }
}
