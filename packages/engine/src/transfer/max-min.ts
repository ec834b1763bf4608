/**
 * Max–min fair rates: no flow can get more without another that has no more than it getting less.
 * Knows flows, resources and rates; knows no time, no bytes and no replicas.
 *
 * Progressive filling: all rates rise together; a flow stops when a resource it crosses is full.
 * Bertsekas and Gallager, "Data Networks", 2nd edition (1992), section 6.5.2.
 */

/**
 * The max–min fair rate of every flow. Flow f crosses the resources `crossings[f]` (indices into `capacities`, each
 * at most once) and never gets more than `most`. The rates do not depend on the order of the flows.
 *
 * @example
 * // Two flows share resource 0; the second is held to 1 by resource 1 and leaves the rest to the first.
 * maxMinRates([[0], [0, 1]], [10, 1], Infinity); // Float64Array [9, 1]
 */
export function maxMinRates(
  crossings: ReadonlyArray<readonly number[]>,
  capacities: readonly number[],
  most: number,
): Float64Array {
  const rates = new Float64Array(crossings.length).fill(most);
  const filling = new Filling(crossings, capacities);
  for (;;) {
    const tightest = filling.tightest();
    if (tightest === NONE || filling.share(tightest) >= most) return rates;
    filling.stopAt(tightest, rates);
  }
}

const NONE = -1;

/** The rising rates: what is left of each resource for the flows that have not stopped. */
class Filling {
  readonly #crossings: ReadonlyArray<readonly number[]>;
  /** Resources that some flow crosses, in order. */
  readonly #used: number[];
  readonly #flowsOf: Array<number[] | undefined>;
  readonly #left: Float64Array;
  /** Flows that still rise, by resource. */
  readonly #rising: Int32Array;
  /** What each of them would get if the resource were alone to decide; Infinity when none rises. */
  readonly #share: Float64Array;
  /** Flows that stop in the present round, by resource. */
  readonly #stopping: Int32Array;
  readonly #stopped: Uint8Array;

  constructor(crossings: ReadonlyArray<readonly number[]>, capacities: readonly number[]) {
    this.#crossings = crossings;
    this.#flowsOf = new Array<number[] | undefined>(capacities.length);
    this.#left = Float64Array.from(capacities);
    this.#rising = new Int32Array(capacities.length);
    this.#share = new Float64Array(capacities.length);
    this.#stopping = new Int32Array(capacities.length);
    this.#stopped = new Uint8Array(crossings.length);
    for (let flow = 0; flow < crossings.length; flow++) {
      for (const resource of crossings[flow] ?? []) {
        const flows = this.#flowsOf[resource];
        if (flows === undefined) this.#flowsOf[resource] = [flow];
        else flows.push(flow);
      }
    }
    this.#used = [...capacities.keys()].filter((resource) => this.#flowsOf[resource] !== undefined);
    for (const resource of this.#used) {
      this.#rising[resource] = this.#flowsOf[resource]?.length ?? 0;
      this.#setShare(resource);
    }
  }

  share(resource: number): number {
    return this.#share[resource] ?? 0;
  }

  /** The resource that is full first, the earliest of several; NONE when nothing rises. */
  tightest(): number {
    let tightest = NONE;
    let least = Number.POSITIVE_INFINITY;
    for (let index = 0; index < this.#used.length; index++) {
      const resource = this.#used[index] ?? 0;
      const share = this.#share[resource] ?? 0;
      if (share >= least) continue;
      tightest = resource;
      least = share;
    }
    return tightest;
  }

  /** `resource` is full: the flows that cross it stop rising, with its share. */
  stopAt(resource: number, rates: Float64Array): void {
    const share = this.share(resource);
    const touched: number[] = [];
    for (const flow of this.#flowsOf[resource] ?? []) {
      if (this.#stopped[flow] === 1) continue;
      this.#stopped[flow] = 1;
      rates[flow] = share;
      for (const crossed of this.#crossings[flow] ?? []) {
        const stopping = this.#stopping[crossed] ?? 0;
        if (stopping === 0) touched.push(crossed);
        this.#stopping[crossed] = stopping + 1;
      }
    }
    // One subtraction a resource and round, so that the order of the flows leaves no trace in the last bit.
    for (const crossed of touched) {
      const stopping = this.#stopping[crossed] ?? 0;
      this.#left[crossed] = (this.#left[crossed] ?? 0) - stopping * share;
      this.#rising[crossed] = (this.#rising[crossed] ?? 0) - stopping;
      this.#stopping[crossed] = 0;
      this.#setShare(crossed);
    }
  }

  #setShare(resource: number): void {
    const rising = this.#rising[resource] ?? 0;
    this.#share[resource] =
      rising === 0 ? Number.POSITIVE_INFINITY : Math.max(this.#left[resource] ?? 0, 0) / rising;
  }
}
