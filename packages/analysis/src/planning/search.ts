/**
 * The smallest cluster that passes, where more servers never make one worse. Asks as few questions as it can. Knows no
 * simulation: `passes` answers.
 *
 * What passes is then bounded by a staircase. It is walked column by column: a column is asked first whether it can
 * beat the best so far at all, which one question answers.
 */
import { type Weights, weightOf } from './space.ts';

/** Answers whether a cluster passes; asked again, it answers the same. */
export type Passes = (servers: readonly number[]) => Promise<boolean>;

/** Servers of each pool from `from` on. */
export interface Region {
  readonly from: readonly number[];
  /** Most servers of each pool; absent: as many as the limits allow. */
  readonly to?: readonly number[];
  readonly limits: readonly Limit[];
}

/** What the servers may weigh together. */
interface Limit {
  readonly weights: Weights;
  readonly most: number;
}

/**
 * The least n in [low, high] that passes, null when none does. Steps that double from `low`, then bisection: cheap
 * when the answer is near `low`, which a good lower bound makes it.
 */
export async function leastPassing(
  low: number,
  high: number,
  passes: (n: number) => Promise<boolean>,
): Promise<number | null> {
  let failed = low - 1;
  let passed = high + 1;
  for (let step = 1; passed > high; step *= 2) {
    const n = Math.min(failed + step, high);
    if (n <= failed) return null;
    if (await passes(n)) passed = n;
    else failed = n;
  }
  while (passed - failed > 1) {
    const middle: number = (failed + passed) >> 1;
    if (await passes(middle)) passed = middle;
    else failed = middle;
  }
  return passed;
}

/** The lightest servers of a region that pass, null when none do. */
export async function lightestPassing(
  region: Region,
  weights: Weights,
  passes: Passes,
): Promise<readonly number[] | null> {
  const [fromX = 1, fromY] = region.from;
  if (fromY === undefined) {
    const x = await leastPassing(fromX, mostOf(region, [0]), (n) => passes([n]));
    return x === null ? null : [x];
  }
  if (countIn(region, 1) < countIn(region, 0)) {
    const found = await lightestPassing(turned(region), turn(weights), (servers) => passes(turn(servers)));
    return found === null ? null : turn(found);
  }
  let best: readonly number[] | null = null;
  let lighter = region;
  for (let x = fromX; x <= mostOf(lighter, [0, fromY]); x++) {
    const top = mostOf(lighter, [x, 0], 1);
    // One question tells whether this column can do better than the best so far.
    if (top < fromY || !(await passes([x, top]))) continue;
    const y = await leastPassing(fromY, top, (n) => passes([x, n]));
    if (y === null) continue;
    best = [x, y];
    lighter = { ...region, limits: [...region.limits, { weights, most: below(weightOf(best, weights)) }] };
  }
  return best;
}

/** How many numbers of servers a pool may have in a region. */
function countIn(region: Region, pool: number): number {
  const others = region.from.map((count, at) => (at === pool ? 0 : count));
  return mostOf(region, others, pool) - (region.from[pool] ?? 1);
}

/** The pools in the other order: it is cheaper to walk along the shorter side. */
function turned({ from, to, limits }: Region): Region {
  return {
    from: turn(from),
    ...(to === undefined ? {} : { to: turn(to) }),
    limits: limits.map(({ weights, most }) => ({ weights: turn(weights), most })),
  };
}

function turn([first = 1, second = 1]: readonly number[]): readonly number[] {
  return [second, first];
}

/** Most servers of a pool within the region, beside those of the other pool. */
function mostOf({ limits, to }: Region, servers: readonly number[], pool = 0): number {
  const others = servers.map((count, at) => (at === pool ? 0 : count));
  const most = limits.map(({ weights, most }) =>
    Math.floor((most - weightOf(others, weights)) / (weights[pool] ?? 1) + ROUNDING),
  );
  return Math.min(to?.[pool] ?? Number.POSITIVE_INFINITY, ...most);
}

/** Prices need not be whole. */
const ROUNDING = 1e-9;

/** The next lighter weight, for all that matters. */
export function below(weight: number): number {
  return weight * (1 - 4 * ROUNDING);
}
