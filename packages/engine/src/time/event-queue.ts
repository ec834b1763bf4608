/**
 * The pending events, in order of (time, order): a calendar in typed arrays.
 * Knows no clock, no RxJS and no requests: an event is two numbers to sort by and two to carry.
 *
 * A page of the calendar has days of equal width, each with a list kept in order; what lies beyond the page waits in
 * no order until the page is turned. As long as a day holds about one event, adding and taking cost the same however
 * many events are pending: which days are busy stands in a bit each, so that empty ones are not looked at. The width
 * of a day follows the rate at which events are taken, the days of a page the number pending.
 *
 * After Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem",
 * Communications of the ACM 31 (1988), whose calendar is a ring without a beyond.
 */
import { widened } from '../records/widened.ts';

const NONE = -1;
const FEWEST_DAYS = 256;
/** A page has at least so many days for each pending event, so that few events lie beyond it. */
const DAYS_PER_EVENT = 4;
/** Days are this many mean gaps between events wide: an empty day costs less than a second event in one. */
const GAPS_IN_A_DAY = 0.5;
/** Days are never shorter than this share of a second. */
const MOST_DAYS_PER_SECOND = 2 ** 40;
/** The calendar is checked each time so many events have been taken. */
const CHECK_EVERY = 2048;

export class EventQueue {
  /** The event last taken. */
  time: number = Number.NaN;
  handler = 0;
  payload = 0;

  #size = 0;
  /** The page is rebuilt with more days when more are pending. */
  #room: number = (2 * FEWEST_DAYS) / DAYS_PER_EVENT;
  /** The events, by node; a free node links to the next free one. */
  #times = new Float64Array(FEWEST_DAYS);
  #orders = new Float64Array(FEWEST_DAYS);
  #handlers = new Int32Array(FEWEST_DAYS);
  #payloads = new Int32Array(FEWEST_DAYS);
  #next = new Int32Array(FEWEST_DAYS);
  #free = NONE;
  #used = 0;
  /** The page: the last node of each day, which links to its first, and a bit for each day that has one. */
  #lasts = new Int32Array(FEWEST_DAYS).fill(NONE);
  #busy = new Int32Array(FEWEST_DAYS / 32);
  /** No earlier word of `#busy` has a bit set. */
  #word = 0;
  /**
   * The page goes from `#start` to `#end`, both included. What lies before it stands on its first day, and what
   * rounding puts after its last day on that: the days of two events are never in the wrong order.
   */
  #start = Number.NaN;
  #end = Number.NaN;
  #lastDay: number = FEWEST_DAYS - 1;
  #daysPerSecond = Number.NaN;
  /** First node of what lies beyond the page. */
  #beyond = NONE;
  #taken = 0;
  #checkedAt = Number.NaN;

  constructor() {
    // NaN before, so that they are fractions from the start: see Decisions in ARCHITECTURE.md.
    this.time = 0;
    this.#start = 0;
    this.#end = FEWEST_DAYS;
    this.#checkedAt = 0;
    this.#daysPerSecond = 1;
  }

  /** Events pending. */
  get size(): number {
    return this.#size;
  }

  /** Adds an event at a finite `time`. */
  push(time: number, order: number, handler: number, payload: number): void {
    const node = this.#free === NONE ? this.#unused() : this.#free;
    this.#free = this.#next[node] ?? NONE;
    this.#times[node] = time;
    this.#orders[node] = order;
    // Known to be whole, they are stored without a detour over a float64.
    this.#handlers[node] = handler | 0;
    this.#payloads[node] = payload | 0;
    this.#insert(node);
    if (++this.#size > this.#room) this.#rebuild(this.#daysPerSecond);
  }

  /** Whether an event is pending that comes before one at (`time`, `order`). */
  anyBefore(time: number, order: number): boolean {
    if (this.#size === 0) return false;
    const first = this.#next[this.#lasts[this.#find()] ?? NONE] ?? NONE;
    const gap = time - (this.#times[first] ?? 0);
    return gap > 0 || (gap === 0 && (this.#orders[first] ?? 0) < order);
  }

  /** Takes the first event into `time`, `handler`, `payload` if it comes before (`until`, `order`); says whether it did. */
  take(until: number, order = -1): boolean {
    if (this.#size === 0) return false;
    const day = this.#find();
    const last = this.#lasts[day] ?? NONE;
    const node = this.#next[last] ?? NONE;
    const time = this.#times[node] ?? 0;
    if (!(time < until || (time === until && (this.#orders[node] ?? 0) < order))) return false;
    this.time = time;
    this.handler = this.#handlers[node] ?? 0;
    this.payload = this.#payloads[node] ?? 0;
    if (node === last) {
      this.#lasts[day] = NONE;
      this.#busy[day >> 5] = (this.#busy[day >> 5] ?? 0) & ~(1 << (day & 31));
    } else {
      this.#next[last] = this.#next[node] ?? NONE;
    }
    this.#next[node] = this.#free;
    this.#free = node;
    this.#size--;
    if (++this.#taken === CHECK_EVERY) this.#check();
    return true;
  }

  /** The day of the first event; call only when there is one. */
  #find(): number {
    const busy = this.#busy;
    let word = this.#word;
    let bits = busy[word] ?? 0;
    while (bits === 0) {
      if (++word === busy.length) {
        this.#turn();
        word = 0;
      }
      bits = busy[word] ?? 0;
    }
    this.#word = word;
    return (word << 5) | (31 - Math.clz32(bits & -bits));
  }

  #insert(node: number): void {
    const time = this.#times[node] ?? 0;
    if (time > this.#end) {
      this.#next[node] = this.#beyond;
      this.#beyond = node;
      return;
    }
    const passed = (time - this.#start) * this.#daysPerSecond;
    const day = passed > 0 ? Math.min(passed | 0, this.#lastDay) : 0;
    const last = this.#lasts[day] ?? NONE;
    if (last !== NONE) {
      this.#insertBeside(last, day, node);
      return;
    }
    this.#lasts[day] = node;
    this.#next[node] = node;
    const word = day >> 5;
    this.#busy[word] = (this.#busy[word] ?? 0) | (1 << (day & 31));
    if (word < this.#word) this.#word = word;
  }

  #insertBeside(last: number, day: number, node: number): void {
    let before = last;
    if (this.#precedes(last, node)) this.#lasts[day] = node;
    else while (this.#precedes(this.#next[before] ?? NONE, node)) before = this.#next[before] ?? NONE;
    this.#next[node] = this.#next[before] ?? NONE;
    this.#next[before] = node;
  }

  #precedes(node: number, other: number): boolean {
    const gap = (this.#times[other] ?? 0) - (this.#times[node] ?? 0);
    return gap > 0 || (gap === 0 && (this.#orders[node] ?? 0) < (this.#orders[other] ?? 0));
  }

  /** The page is empty: begins one with the first event beyond it. */
  #turn(): void {
    let start = Number.POSITIVE_INFINITY;
    for (let node = this.#beyond; node !== NONE; node = this.#next[node] ?? NONE)
      start = Math.min(start, this.#times[node] ?? 0);
    this.#begin(start);
  }

  /** Begins a page at `start` with what lies beyond the last. */
  #begin(start: number): void {
    this.#start = start;
    this.#end = start + this.#lasts.length / this.#daysPerSecond;
    this.#word = 0;
    let node = this.#beyond;
    this.#beyond = NONE;
    while (node !== NONE) {
      const after = this.#next[node] ?? NONE;
      this.#insert(node);
      node = after;
    }
  }

  /** Adapts the width of a day to the gaps lately seen and the page to the number pending. */
  #check(): void {
    const gap = (this.time - this.#checkedAt) / this.#taken;
    this.#taken = 0;
    this.#checkedAt = this.time;
    const fitting = gap > 0 ? Math.min(1 / (GAPS_IN_A_DAY * gap), MOST_DAYS_PER_SECOND) : this.#daysPerSecond;
    const fits = fitting < 2 * this.#daysPerSecond && fitting > this.#daysPerSecond / 2;
    if (!fits || this.#size * DAYS_PER_EVENT < this.#lasts.length / 8)
      this.#rebuild(fits ? this.#daysPerSecond : fitting);
  }

  #rebuild(daysPerSecond: number): void {
    for (let day = 0; day < this.#lasts.length; day++) {
      const last = this.#lasts[day] ?? NONE;
      if (last === NONE) continue;
      const first = this.#next[last] ?? NONE;
      this.#next[last] = this.#beyond;
      this.#beyond = first;
    }
    let days = FEWEST_DAYS;
    while (days < DAYS_PER_EVENT * this.#size) days *= 2;
    this.#lasts = new Int32Array(days).fill(NONE);
    this.#lastDay = days - 1;
    this.#room = (2 * days) / DAYS_PER_EVENT;
    this.#busy = new Int32Array(days / 32);
    this.#daysPerSecond = daysPerSecond;
    this.#begin(this.time);
  }

  /** A node that no event has had. */
  #unused(): number {
    if (this.#used === this.#times.length) this.#grow();
    const node = this.#used++;
    this.#next[node] = NONE;
    return node;
  }

  #grow(): void {
    const nodes = 2 * this.#times.length;
    this.#times = widened(this.#times, new Float64Array(nodes));
    this.#orders = widened(this.#orders, new Float64Array(nodes));
    this.#handlers = widened(this.#handlers, new Int32Array(nodes));
    this.#payloads = widened(this.#payloads, new Int32Array(nodes));
    this.#next = widened(this.#next, new Int32Array(nodes));
  }
}
