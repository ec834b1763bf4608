/**
 * A 4-ary min-heap of events on (time, order), in typed arrays.
 * Knows no clock, no RxJS and no requests: an event is two numbers to sort by and two to carry.
 *
 * Taking the first event leaves a hole at the root. The next push falls into it, so a handler that schedules
 * its own successor pays for one pass down the heap instead of a removal and an insertion.
 */
export class EventHeap {
  /** The event last taken. */
  time = 0;
  handler = 0;
  payload = 0;

  #size = 0;
  #hole = false;
  /** Pairs (time, order): four siblings fill one cache line. */
  #keys = new Float64Array(2 * 64);
  /** Pairs (handler, payload). */
  #what = new Int32Array(2 * 64);

  get size(): number {
    return this.#hole ? this.#size - 1 : this.#size;
  }

  push(time: number, order: number, handler: number, payload: number): void {
    if (this.#hole) {
      this.#hole = false;
      this.#sink(time, order, handler, payload);
      return;
    }
    if (2 * this.#size === this.#keys.length) this.#grow();
    this.#rise(this.#size++, time, order, handler, payload);
  }

  /** Takes the first event into `time`, `handler`, `payload` if it lies before `until`; says whether it did. */
  take(until: number): boolean {
    if (this.#hole) this.#close();
    const keys = this.#keys;
    if (this.#size === 0 || !((keys[0] ?? 0) < until)) return false;
    this.time = keys[0] ?? 0;
    this.handler = this.#what[0] ?? 0;
    this.payload = this.#what[1] ?? 0;
    this.#hole = true;
    return true;
  }

  #close(): void {
    this.#hole = false;
    const last = 2 * --this.#size;
    if (last === 0) return;
    const keys = this.#keys;
    const what = this.#what;
    this.#sink(keys[last] ?? 0, keys[last + 1] ?? 0, what[last] ?? 0, what[last + 1] ?? 0);
  }

  #rise(from: number, time: number, order: number, handler: number, payload: number): void {
    const keys = this.#keys;
    const what = this.#what;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const t = keys[2 * parent] ?? 0;
      if (t < time || (t === time && (keys[2 * parent + 1] ?? 0) < order)) break;
      keys[2 * at] = t;
      keys[2 * at + 1] = keys[2 * parent + 1] ?? 0;
      what[2 * at] = what[2 * parent] ?? 0;
      what[2 * at + 1] = what[2 * parent + 1] ?? 0;
      at = parent;
    }
    keys[2 * at] = time;
    keys[2 * at + 1] = order;
    what[2 * at] = handler;
    what[2 * at + 1] = payload;
  }

  /** Places an event at the root and lets it down to where it belongs. */
  #sink(time: number, order: number, handler: number, payload: number): void {
    const keys = this.#keys;
    const what = this.#what;
    const size = this.#size;
    let at = 0;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= size) break;
      const end = Math.min(first + 4, size);
      let least = first;
      let leastTime = keys[2 * first] ?? 0;
      for (let child = first + 1; child < end; child++) {
        const t = keys[2 * child] ?? 0;
        if (t < leastTime || (t === leastTime && (keys[2 * child + 1] ?? 0) < (keys[2 * least + 1] ?? 0))) {
          least = child;
          leastTime = t;
        }
      }
      const leastOrder = keys[2 * least + 1] ?? 0;
      if (time < leastTime || (time === leastTime && order < leastOrder)) break;
      keys[2 * at] = leastTime;
      keys[2 * at + 1] = leastOrder;
      what[2 * at] = what[2 * least] ?? 0;
      what[2 * at + 1] = what[2 * least + 1] ?? 0;
      at = least;
    }
    keys[2 * at] = time;
    keys[2 * at + 1] = order;
    what[2 * at] = handler;
    what[2 * at + 1] = payload;
  }

  #grow(): void {
    const keys = new Float64Array(2 * this.#keys.length);
    keys.set(this.#keys);
    this.#keys = keys;
    const what = new Int32Array(2 * this.#what.length);
    what.set(this.#what);
    this.#what = what;
  }
}
