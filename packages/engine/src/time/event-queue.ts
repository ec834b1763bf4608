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
  time = 0;
  handler = 0;
  payload = 0;

  #size = 0;
  /** The events, by node; a free node links to the next free one. */
  #times = new Float64Array(FEWEST_DAYS);
  #orders = new Float64Array(FEWEST_DAYS);
  #handlers = new Int32Array(FEWEST_DAYS);
  #payloads = new Int32Array(FEWEST_DAYS);
  #next = new Int32Array(FEWEST_DAYS);
  #free = NONE;
  #used = 0;
  /** The page: first and last node of each day, and a bit for each day that has one. */
  #heads = new Int32Array(FEWEST_DAYS).fill(NONE);
  #tails = new Int32Array(FEWEST_DAYS).fill(NONE);
  #busy = new Int32Array(FEWEST_DAYS / 32);
  /** No earlier word of `#busy` has a bit set. */
  #word = 0;
  /**
   * The page goes from `#start` to `#end`, both included. What lies before it stands on its first day, and what
   * rounding puts after its last day on that: the days of two events are never in the wrong order.
   */
  #start = 0;
  #end: number = FEWEST_DAYS;
  #daysPerSecond = 1;
  /** First node of what lies beyond the page. */
  #beyond = NONE;
  #taken = 0;
  #checkedAt = 0;

  /** Events pending. */
  get size(): number {
    return this.#size;
  }

  /** Adds an event at a finite `time`. */
  push(time: number, order: number, handler: number, payload: number): void {
    let node = this.#free;
    if (node === NONE) {
      node = this.#used++;
      if (node === this.#times.length) this.#grow();
    } else {
      this.#free = this.#next[node] ?? NONE;
    }
    this.#times[node] = time;
    this.#orders[node] = order;
    this.#handlers[node] = handler;
    this.#payloads[node] = payload;
    this.#insert(node, time, order);
    if (++this.#size * DAYS_PER_EVENT > 2 * this.#heads.length) this.#rebuild(this.#daysPerSecond);
  }

  /** Whether an event is pending that comes before one at (`time`, `order`). */
  anyBefore(time: number, order: number): boolean {
    return this.#size > 0 && this.#precedes(this.#heads[this.#find()] ?? NONE, time, order);
  }

  /** Takes the first event into `time`, `handler`, `payload` if it lies before `until`; says whether it did. */
  take(until: number): boolean {
    if (this.#size === 0) return false;
    const day = this.#find();
    const node = this.#heads[day] ?? NONE;
    const time = this.#times[node] ?? 0;
    if (!(time < until)) return false;
    this.time = time;
    this.handler = this.#handlers[node] ?? 0;
    this.payload = this.#payloads[node] ?? 0;
    const after = this.#next[node] ?? NONE;
    this.#heads[day] = after;
    if (after === NONE) this.#busy[day >> 5] = (this.#busy[day >> 5] ?? 0) & ~(1 << (day & 31));
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
    return 32 * word + 31 - Math.clz32(bits & -bits);
  }

  #insert(node: number, time: number, order: number): void {
    if (time > this.#end) {
      this.#next[node] = this.#beyond;
      this.#beyond = node;
      return;
    }
    const passed = (time - this.#start) * this.#daysPerSecond;
    const day = passed > 0 ? Math.min(passed, this.#heads.length - 1) | 0 : 0;
    const head = this.#heads[day] ?? NONE;
    if (head === NONE) {
      this.#heads[day] = node;
      this.#tails[day] = node;
      this.#next[node] = NONE;
      const word = day >> 5;
      this.#busy[word] = (this.#busy[word] ?? 0) | (1 << (day & 31));
      if (word < this.#word) this.#word = word;
      return;
    }
    const tail = this.#tails[day] ?? NONE;
    if (this.#precedes(tail, time, order)) {
      this.#next[tail] = node;
      this.#tails[day] = node;
      this.#next[node] = NONE;
    } else {
      this.#insertBeforeTail(day, node, time, order);
    }
  }

  #insertBeforeTail(day: number, node: number, time: number, order: number): void {
    let before = NONE;
    let at = this.#heads[day] ?? NONE;
    while (this.#precedes(at, time, order)) {
      before = at;
      at = this.#next[at] ?? NONE;
    }
    this.#next[node] = at;
    if (before === NONE) this.#heads[day] = node;
    else this.#next[before] = node;
  }

  #precedes(node: number, time: number, order: number): boolean {
    const other = this.#times[node] ?? 0;
    return other < time || (other === time && (this.#orders[node] ?? 0) < order);
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
    this.#end = start + this.#heads.length / this.#daysPerSecond;
    this.#word = 0;
    let node = this.#beyond;
    this.#beyond = NONE;
    while (node !== NONE) {
      const after = this.#next[node] ?? NONE;
      this.#insert(node, this.#times[node] ?? 0, this.#orders[node] ?? 0);
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
    if (!fits || this.#size * DAYS_PER_EVENT < this.#heads.length / 8)
      this.#rebuild(fits ? this.#daysPerSecond : fitting);
  }

  #rebuild(daysPerSecond: number): void {
    for (let day = 0; day < this.#heads.length; day++) {
      const head = this.#heads[day] ?? NONE;
      if (head === NONE) continue;
      this.#next[this.#tails[day] ?? NONE] = this.#beyond;
      this.#beyond = head;
    }
    let days = FEWEST_DAYS;
    while (days < DAYS_PER_EVENT * this.#size) days *= 2;
    this.#heads = new Int32Array(days).fill(NONE);
    this.#tails = new Int32Array(days).fill(NONE);
    this.#busy = new Int32Array(days / 32);
    this.#daysPerSecond = daysPerSecond;
    this.#begin(this.time);
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
