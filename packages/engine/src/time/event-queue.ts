/**
 * The pending events, in order of (time, order): a calendar queue in typed arrays.
 * Knows no clock, no RxJS and no requests: an event is two numbers to sort by and two to carry.
 *
 * Time is cut into days of equal width and the days are dealt to a ring of lists, each kept in order. As long as a
 * day holds about one event, adding and taking cost the same however many events are pending. The width follows the
 * rate at which events are taken, the ring the number pending.
 *
 * Brown, "Calendar queues: a fast O(1) priority queue implementation for the simulation event set problem",
 * Communications of the ACM 31 (1988).
 */
import { widened } from '../records/widened.ts';

const NONE = -1;
const FEWEST_LISTS = 64;
/** Days are this many mean gaps between events wide. */
const GAPS_IN_A_DAY = 1.5;
/** Days are never shorter than this share of a second, so that day numbers stay finite. */
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
  #times = new Float64Array(FEWEST_LISTS);
  #orders = new Float64Array(FEWEST_LISTS);
  #handlers = new Int32Array(FEWEST_LISTS);
  #payloads = new Int32Array(FEWEST_LISTS);
  #next = new Int32Array(FEWEST_LISTS);
  #free = NONE;
  #used = 0;
  /** The ring: first and last node of each list. */
  #heads = new Int32Array(FEWEST_LISTS).fill(NONE);
  #tails = new Int32Array(FEWEST_LISTS).fill(NONE);
  #mask = FEWEST_LISTS - 1;
  #daysPerSecond = 1;
  /** No pending event lies on an earlier day. */
  #today = 0;
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
    if (++this.#size > 2 * this.#mask) this.#rebuild(this.#daysPerSecond);
  }

  /** The time of the first event, Infinity when none is pending. */
  get first(): number {
    const node = this.#find();
    return node === NONE ? Number.POSITIVE_INFINITY : (this.#times[node] ?? 0);
  }

  /** Takes the first event into `time`, `handler`, `payload` if it lies before `until`; says whether it did. */
  take(until: number): boolean {
    const node = this.#find();
    if (node === NONE) return false;
    const time = this.#times[node] ?? 0;
    if (!(time < until)) return false;
    this.#remove(this.#today & this.#mask, node, time);
    return true;
  }

  /** The node of the first event; its day is today from now on. */
  #find(): number {
    if (this.#size === 0) return NONE;
    const mask = this.#mask;
    let day = this.#today;
    for (let looked = 0; ; looked++, day++) {
      // A whole round of empty days: go to the day of the first event at once.
      if (looked > mask) day = this.#dayOf(this.#times[this.#earliest()] ?? 0);
      const node = this.#heads[day & mask] ?? NONE;
      if (node === NONE || this.#dayOf(this.#times[node] ?? 0) !== day) continue;
      this.#today = day;
      return node;
    }
  }

  #remove(list: number, node: number, time: number): void {
    this.time = time;
    this.handler = this.#handlers[node] ?? 0;
    this.payload = this.#payloads[node] ?? 0;
    const after = this.#next[node] ?? NONE;
    this.#heads[list] = after;
    if (after === NONE) this.#tails[list] = NONE;
    this.#next[node] = this.#free;
    this.#free = node;
    this.#size--;
    if (++this.#taken === CHECK_EVERY) this.#check();
  }

  #dayOf(time: number): number {
    return Math.floor(time * this.#daysPerSecond);
  }

  #insert(node: number, time: number, order: number): void {
    const day = this.#dayOf(time);
    if (day < this.#today) this.#today = day;
    const list = day & this.#mask;
    const tail = this.#tails[list] ?? NONE;
    if (tail === NONE) {
      this.#heads[list] = node;
      this.#tails[list] = node;
      this.#next[node] = NONE;
    } else if (this.#precedes(tail, time, order)) {
      this.#next[tail] = node;
      this.#tails[list] = node;
      this.#next[node] = NONE;
    } else {
      this.#insertBeforeTail(list, node, time, order);
    }
  }

  #insertBeforeTail(list: number, node: number, time: number, order: number): void {
    let before = NONE;
    let at = this.#heads[list] ?? NONE;
    while (this.#precedes(at, time, order)) {
      before = at;
      at = this.#next[at] ?? NONE;
    }
    this.#next[node] = at;
    if (before === NONE) this.#heads[list] = node;
    else this.#next[before] = node;
  }

  #precedes(node: number, time: number, order: number): boolean {
    const other = this.#times[node] ?? 0;
    return other < time || (other === time && (this.#orders[node] ?? 0) < order);
  }

  /** The first event, looked for in every list. */
  #earliest(): number {
    let first = NONE;
    for (let list = 0; list <= this.#mask; list++) {
      const head = this.#heads[list] ?? NONE;
      if (head === NONE) continue;
      if (first === NONE || !this.#precedes(first, this.#times[head] ?? 0, this.#orders[head] ?? 0))
        first = head;
    }
    return first;
  }

  /** Adapts the width of a day to the gaps lately seen and the ring to the number pending. */
  #check(): void {
    const gap = (this.time - this.#checkedAt) / this.#taken;
    this.#taken = 0;
    this.#checkedAt = this.time;
    const fitting = gap > 0 ? Math.min(1 / (GAPS_IN_A_DAY * gap), MOST_DAYS_PER_SECOND) : this.#daysPerSecond;
    const fits = fitting < 2 * this.#daysPerSecond && fitting > this.#daysPerSecond / 2;
    if (!fits || this.#size < this.#mask / 8) this.#rebuild(fits ? this.#daysPerSecond : fitting);
  }

  #rebuild(daysPerSecond: number): void {
    const pending: number[] = [];
    for (let list = 0; list <= this.#mask; list++) {
      for (let node = this.#heads[list] ?? NONE; node !== NONE; node = this.#next[node] ?? NONE)
        pending.push(node);
    }
    let lists = FEWEST_LISTS;
    while (lists < 2 * pending.length) lists *= 2;
    this.#heads = new Int32Array(lists).fill(NONE);
    this.#tails = new Int32Array(lists).fill(NONE);
    this.#mask = lists - 1;
    this.#daysPerSecond = daysPerSecond;
    this.#today = this.#dayOf(this.time);
    for (const node of pending) this.#insert(node, this.#times[node] ?? 0, this.#orders[node] ?? 0);
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
