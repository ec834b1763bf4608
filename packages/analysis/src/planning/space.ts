/**
 * What a plan chooses from: kinds of clusters, and how many servers each of their pools gets.
 * Knows no configuration and no simulation.
 */

/** One pool of a kind of cluster: what each of its servers is. */
export interface ServerKind {
  /** The pool's name in reports. */
  readonly pool: string;
  /** GPUs of one server: 1, or the tensor parallel size of a replica. */
  readonly gpus: number;
  /** What the server's GPUs are, null where nothing says it. */
  readonly hardware: string | null;
  /** Seconds of a server that a request takes at the very least, on average; 0 when nothing is known. */
  readonly least_service_s: number;
  /** Price of a server for an hour; null without prices. */
  readonly price_per_hour: number | null;
}

/** Clusters that differ in the number of servers alone. More servers never make one worse. */
export interface ClusterKind {
  /** Says it apart from the other kinds. */
  readonly name: string;
  readonly mode: string;
  /** One entry for each pool: one or two. */
  readonly pools: readonly ServerKind[];
}

/** A cluster of a known size. */
export interface Candidate {
  readonly kind: ClusterKind;
  /** Servers of each pool, in the order of the kind. */
  readonly servers: readonly number[];
}

/** What a server of each pool weighs: its GPUs, or its price. */
export type Weights = readonly number[];

export function gpuWeights(kind: ClusterKind): Weights {
  return kind.pools.map(({ gpus }) => gpus);
}

/** Null when a price is not known. */
export function priceWeights(kind: ClusterKind): Weights | null {
  const prices: number[] = [];
  for (const { price_per_hour } of kind.pools) if (price_per_hour !== null) prices.push(price_per_hour);
  return prices.length === kind.pools.length ? prices : null;
}

export function weightOf(servers: readonly number[], weights: Weights): number {
  return servers.reduce((sum, count, pool) => sum + count * (weights[pool] ?? 0), 0);
}

/** GPUs of a candidate. */
export function gpusOf({ kind, servers }: Candidate): number {
  return weightOf(servers, gpuWeights(kind));
}

/** Whether one server of each pool is within `max_gpus`. */
export function fits(kind: ClusterKind, max_gpus: number): boolean {
  return (
    weightOf(
      kind.pools.map(() => 1),
      gpuWeights(kind),
    ) <= max_gpus
  );
}

/** Price of a candidate for an hour, null without prices. */
export function pricePerHour({ kind, servers }: Candidate): number | null {
  const weights = priceWeights(kind);
  return weights === null ? null : weightOf(servers, weights);
}

/** `mono 4`, `disagg 2+3`: the name of a candidate among those of all kinds. */
export function candidateName({ kind, servers }: Candidate): string {
  return `${kind.name} ${servers.join('+')}`;
}

/** Whether `a` has in every pool at least as many servers as `b`. */
export function covers(a: readonly number[], b: readonly number[]): boolean {
  return a.every((count, pool) => count >= (b[pool] ?? 0));
}

/** Offered load of each pool: requests per second × seconds of a server a request takes at least / servers. */
export function offeredLoads({ kind, servers }: Candidate, rate_per_s: number): number[] {
  return kind.pools.map(({ least_service_s }, pool) => (rate_per_s * least_service_s) / (servers[pool] ?? 1));
}

/** The fewest servers of each pool whose offered load is below 1. */
export function leastServers(kind: ClusterKind, rate_per_s: number): number[] {
  return kind.pools.map(({ least_service_s }) => Math.floor(rate_per_s * least_service_s) + 1);
}

/** Every candidate of a kind within `max_gpus`, by the servers of the first pool, then of the second. */
export function candidatesOf(kind: ClusterKind, max_gpus: number): Candidate[] {
  const [first = 1, second] = gpuWeights(kind);
  const found: Candidate[] = [];
  for (let x = 1; x * first <= max_gpus; x++) {
    if (second === undefined) found.push({ kind, servers: [x] });
    else for (let y = 1; x * first + y * second <= max_gpus; y++) found.push({ kind, servers: [x, y] });
  }
  return found;
}
