/**
 * The best clusters of one kind: the smallest that pass, the next that is not merely larger, and the cheapest.
 * Knows no rates.
 */
import type { Findings } from './findings.ts';
import { below, leastPassing, lightestPassing, type Region } from './search.ts';
import {
  type Candidate,
  type ClusterKind,
  gpuWeights,
  priceWeights,
  type Weights,
  weightOf,
} from './space.ts';

export interface KindSearch {
  readonly findings: Findings;
  readonly kind: ClusterKind;
  /** The fewest servers of each pool that may do. */
  readonly least: readonly number[];
  readonly max_gpus: number;
}

/**
 * Examines the smallest clusters of a kind that pass, the cheapest, and the next that are not the smallest with
 * servers added; false when none passes.
 */
export async function searchKind(search: KindSearch): Promise<boolean> {
  const { findings, kind, max_gpus } = search;
  const from = await corner(search);
  if (from === null) return false;
  const weights = gpuWeights(kind);
  const region: Region = { from, limits: [{ weights, most: max_gpus }] };
  const [smallest, another] = await lightest(findings, kind, region, weights);
  if (smallest === undefined) return false;
  // Where several are as small, they are each other's next.
  const others = another === undefined ? besides(smallest.servers, region) : [];
  for (const other of others) await lightest(findings, kind, other, weights);
  const prices = priceWeights(kind);
  if (prices !== null) {
    const most = below(weightOf(smallest.servers, prices));
    const cheaper: Region = { from, limits: [...region.limits, { weights: prices, most }] };
    await lightest(findings, kind, cheaper, prices);
  }
  return true;
}

/**
 * The fewest servers of each pool that pass while the other pool has as many as `max_gpus` could ever give it: below
 * them no split helps. Null when a pool has no such number.
 */
async function corner({ findings, kind, least, max_gpus }: KindSearch): Promise<readonly number[] | null> {
  if (kind.pools.length < 2) return least;
  const most = kind.pools.map(({ gpus }) => Math.floor(max_gpus / gpus));
  const found: number[] = [];
  for (const [pool, high] of most.entries()) {
    const fewest = await leastPassing(least[pool] ?? 1, high, (count) =>
      findings.passes(
        kind,
        most.map((ample, other) => (other === pool ? count : ample)),
      ),
    );
    if (fewest === null) return null;
    found.push(fewest);
  }
  return found;
}

/** Every candidate of the smallest weight that passes, each with runs of its own; empty when none passes. */
async function lightest(
  findings: Findings,
  kind: ClusterKind,
  region: Region,
  weights: Weights,
): Promise<Candidate[]> {
  const found = await lightestPassing(region, weights, (servers) => findings.passes(kind, servers));
  if (found === null) return [];
  const passing: Candidate[] = [];
  for (const servers of equallyHeavy(found, region, weights)) {
    const candidate = { kind, servers };
    if (findings.standing(candidate)?.passes === false) continue;
    if ((await findings.examine(candidate)).passes) passing.push(candidate);
  }
  return passing;
}

/** The regions of what does not have at least as many servers of every pool as the chosen one. */
function besides(chosen: readonly number[], region: Region): Region[] {
  if (chosen.length < 2) return [];
  return chosen.map((count, pool) => ({
    ...region,
    to: chosen.map((_, other) => (other === pool ? count - 1 : Number.POSITIVE_INFINITY)),
  }));
}

/** All servers of a region that weigh as much as these. */
function equallyHeavy(
  servers: readonly number[],
  { from, to, limits }: Region,
  weights: Weights,
): number[][] {
  const [, y] = servers;
  if (y === undefined) return [[...servers]];
  const [wx = 1, wy = 1] = weights;
  const weight = weightOf(servers, weights);
  const alike = (other: readonly number[]): boolean =>
    Math.abs(weightOf(other, weights) - weight) < weight * 1e-9;
  const found: number[][] = [];
  for (let first = from[0] ?? 1; first * wx < weight; first++) {
    const pair = [first, Math.round((weight - first * wx) / wy)];
    const inside = pair.every(
      (count, pool) => count >= (from[pool] ?? 1) && count <= (to?.[pool] ?? Number.POSITIVE_INFINITY),
    );
    const allowed = limits.every((limit) => weightOf(pair, limit.weights) <= limit.most);
    if (inside && allowed && alike(pair)) found.push(pair);
  }
  return found;
}
