/**
 * A time to which many small durations are added without losing them: the sum is kept with its rounding error.
 * Knows no steps. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
 */
export class CompensatedTime {
  #sum = Number.NaN;
  #error = Number.NaN;

  constructor() {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.#sum = 0;
    this.#error = 0;
  }

  set(seconds: number): void {
    this.#sum = seconds;
    this.#error = 0;
  }

  /** The time, rounded. */
  get rounded(): number {
    return this.#sum;
  }

  /** The time `seconds` later, rounded. */
  after(seconds: number): number {
    return this.#sum + (seconds + this.#error);
  }

  /** Seconds from this time until `instant`. */
  until(instant: number): number {
    return instant - this.#sum - this.#error;
  }

  advance(seconds: number): void {
    const added = seconds + this.#error;
    const sum = this.#sum + added;
    this.#error = this.#sum >= added ? this.#sum - sum + added : added - sum + this.#sum;
    this.#sum = sum;
  }
}
