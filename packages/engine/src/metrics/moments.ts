/**
 * Count, mean, spread and range of a sample in five running numbers, mergeable.
 * Knows no quantiles. Sums are taken about the first value, so a sample far from zero keeps its spread.
 */
export class Moments {
  count = 0;
  min: number = Number.POSITIVE_INFINITY;
  max: number = Number.NEGATIVE_INFINITY;
  #origin = Number.NaN;
  #sum = Number.NaN;
  #squares = Number.NaN;

  constructor() {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.#origin = 0;
    this.#sum = 0;
    this.#squares = 0;
  }

  add(value: number, weight = 1): void {
    if (this.count === 0) this.#origin = value;
    const d = value - this.#origin;
    this.count += weight;
    this.#sum += weight * d;
    this.#squares += weight * d * d;
    if (value < this.min) this.min = value;
    if (value > this.max) this.max = value;
  }

  /** Adds `values[from]` up to, not including, `values[to]`: bit for bit what adding them one by one gives. */
  addAll(values: ArrayLike<number>, from: number, to: number): void {
    if (from === to) return;
    if (this.count === 0) this.#origin = values[from] ?? 0;
    const origin = this.#origin;
    let sum = this.#sum;
    let squares = this.#squares;
    let { min, max } = this;
    for (let i = from; i < to; i++) {
      const value = values[i] ?? 0;
      const d = value - origin;
      sum += d;
      squares += d * d;
      if (value < min) min = value;
      if (value > max) max = value;
    }
    this.count += to - from;
    this.#sum = sum;
    this.#squares = squares;
    this.min = min;
    this.max = max;
  }

  /** Adds `first`, `first + increase` … `n` values, `increase` ≥ 0, each `weight` times, in closed form. */
  addSeries(first: number, increase: number, n: number, weight: number): void {
    if (this.count === 0) this.#origin = first;
    const d = first - this.#origin;
    const pairs = (n * (n - 1)) / 2;
    this.count += weight * n;
    this.#sum += weight * (n * d + increase * pairs);
    this.#squares +=
      weight * (n * d * d + 2 * d * increase * pairs + (increase * increase * pairs * (2 * n - 1)) / 3);
    this.min = Math.min(this.min, first);
    this.max = Math.max(this.max, first + (n - 1) * increase);
  }

  get mean(): number {
    return this.#origin + this.#sum / this.count;
  }

  /** Standard deviation, dividing by n. */
  get std(): number {
    const shift = this.#sum / this.count;
    return Math.sqrt(Math.max(this.#squares / this.count - shift * shift, 0));
  }

  merge(other: Moments): void {
    if (other.count === 0) return;
    if (this.count === 0) this.#origin = other.#origin;
    const d = other.#origin - this.#origin;
    this.#squares += other.#squares + 2 * d * other.#sum + d * d * other.count;
    this.#sum += other.#sum + d * other.count;
    this.count += other.count;
    this.min = Math.min(this.min, other.min);
    this.max = Math.max(this.max, other.max);
  }
}
