/**
 * Where along a line one side stops winning and the other starts. Knows no clusters: `winnerAt` answers.
 */

/** Positions on a line, ascending; between the two there is no difference to be seen. */
export interface BreakEven<Winner> {
  readonly before: Winner;
  readonly after: Winner;
  /** The last position at which `before` was seen to win. */
  readonly low: number;
  /** The first position at which `after` was seen to win. */
  readonly high: number;
}

/** The sides that win next to each other, with the positions of both; what is not seen to differ is passed over. */
export function changesOf<Winner>(winners: ReadonlyArray<Winner | null>): Array<BreakEven<Winner>> {
  const changes: Array<BreakEven<Winner>> = [];
  let last: { readonly winner: Winner; readonly at: number } | null = null;
  for (const [at, winner] of winners.entries()) {
    if (winner === null) continue;
    if (last !== null && last.winner !== winner) {
      changes.push({ before: last.winner, after: winner, low: last.at, high: at });
    }
    last = { winner, at };
  }
  return changes;
}

/**
 * Narrows a change by bisection from both sides, until each end is known to within `precision`.
 *
 * @throws what `winnerAt` throws.
 */
export async function narrowed<Winner>(
  change: BreakEven<Winner>,
  winnerAt: (position: number) => Promise<Winner | null>,
  precision: number,
): Promise<BreakEven<Winner>> {
  let { low, high } = change;
  // From `low` on, the first position that is known not to be won by `before`; and the like for `high`.
  let lost = high;
  let notYet = low;
  while (lost - low > precision) {
    const middle = (low + lost) / 2;
    const winner = await winnerAt(middle);
    if (winner === change.before) low = middle;
    else lost = middle;
    if (winner === change.after) high = Math.min(high, middle);
    else notYet = Math.max(notYet, middle);
  }
  while (high - notYet > precision) {
    const middle = (notYet + high) / 2;
    if ((await winnerAt(middle)) === change.after) high = middle;
    else notYet = middle;
  }
  return { ...change, low, high };
}
