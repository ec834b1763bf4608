/**
 * The step a replica is taking, or the jump over several like it: how many, since when, until when.
 * Knows no requests and no blocks.
 */
import { CompensatedTime } from './compensated-time.ts';
import { seriesSeconds, stepsToReach } from './step-time.ts';

export class StepsUnderWay {
  /** When they end, seconds. */
  end_s: number = Number.NaN;
  /** How many; 0 between steps and asleep. */
  count = 0;
  /** Seconds of the first, and what each further one takes longer. */
  first_s: number = Number.NaN;
  increase_s: number = Number.NaN;

  readonly #start = new CompensatedTime();
  /** Of all together. */
  #seconds = Number.NaN;

  constructor() {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.end_s = 0;
    this.first_s = 0;
    this.increase_s = 0;
    this.#seconds = 0;
  }

  /** Since when, seconds. */
  get start_s(): number {
    return this.#start.rounded;
  }

  /** Steps follow each other without a gap; after a sleep the next begins at `now`. */
  wake(now: number): void {
    this.#start.set(now);
  }

  begin(first_s: number, increase_s: number, count: number): void {
    this.first_s = first_s;
    this.increase_s = increase_s;
    this.#until(count);
  }

  /** How many of them end before `instant`. */
  before(instant: number): number {
    if (this.count === 0 || this.end_s < instant) return this.count;
    // Mostly asked when they end, where nothing has to be solved.
    if (this.end_s === instant && this.first_s > 0) return this.count - 1;
    return this.#reaching(instant) - 1;
  }

  /** How many of them end at `instant` or before it. */
  by(instant: number): number {
    const before = this.before(instant);
    return before < this.count && this.#endOf(before + 1) <= instant ? before + 1 : before;
  }

  /** How many have ended, integrated over time from the start to `instant`: Σ k·(first + k·increase) in closed form. */
  endedArea(instant: number): number {
    const ended = this.before(instant);
    const pairs = (ended * (ended - 1)) / 2;
    const whole = this.first_s * pairs + (this.increase_s * pairs * (2 * ended - 1)) / 3;
    const since = this.#start.until(instant) - seriesSeconds(this.first_s, this.increase_s, ended);
    return whole + ended * since;
  }

  /** Lets the jump end with the first step that ends at `now` or later; returns the steps cut off. */
  cut(now: number): number {
    const before = this.count;
    const needed = this.#reaching(now) | 0;
    if (needed < before) this.#until(needed);
    return before - needed;
  }

  /** Ends them and returns how many were taken. */
  finish(): number {
    const taken = this.count;
    this.#start.advance(this.#seconds);
    this.count = 0;
    return taken;
  }

  /** The first of them that ends at `instant` or later. Ends count rounded, as everybody sees them. */
  #reaching(instant: number): number {
    const steps = stepsToReach(this.first_s, this.increase_s, this.#start.until(instant), this.count);
    return steps > 1 && this.#endOf(steps - 1) >= instant ? steps - 1 : steps;
  }

  #endOf(steps: number): number {
    return this.#start.after(seriesSeconds(this.first_s, this.increase_s, steps));
  }

  #until(count: number): void {
    this.count = count;
    this.#seconds = seriesSeconds(this.first_s, this.increase_s, count);
    this.end_s = this.#start.after(this.#seconds);
  }
}
