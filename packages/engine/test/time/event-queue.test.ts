/** The event queue against an array that is sorted before every take. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { uniformStream } from '../../src/index.ts';
import { EventQueue } from '../../src/time/event-queue.ts';

interface Entry {
  readonly time: number;
  readonly order: number;
  readonly handler: number;
  readonly payload: number;
}

class SortedArray {
  readonly #entries: Entry[] = [];

  get size(): number {
    return this.#entries.length;
  }

  push(entry: Entry): void {
    this.#entries.push(entry);
  }

  take(until: number): Entry | null {
    this.#entries.sort((a, b) => a.time - b.time || a.order - b.order);
    const first = this.#entries[0];
    if (first === undefined || !(first.time < until)) return null;
    this.#entries.shift();
    return first;
  }
}

const pushOf = (time: fc.Arbitrary<number>) => fc.record({ kind: fc.constant('push' as const), time });
const takeOf = (until: fc.Arbitrary<number>) => fc.record({ kind: fc.constant('take' as const), until });
const program = (time: fc.Arbitrary<number>) =>
  fc.array(fc.oneof(pushOf(time), takeOf(fc.oneof(time, fc.constant(Number.POSITIVE_INFINITY)))), {
    maxLength: 400,
  });

function insertSorted(entries: Entry[], entry: Entry): void {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = entries[middle];
    if (
      other !== undefined &&
      (other.time < entry.time || (other.time === entry.time && other.order < entry.order))
    )
      low = middle + 1;
    else high = middle;
  }
  entries.splice(low, 0, entry);
}

function compare(
  steps: ReadonlyArray<{ kind: 'push'; time: number } | { kind: 'take'; until: number }>,
): void {
  const queue = new EventQueue();
  const oracle = new SortedArray();
  const takeBoth = (until: number): boolean => {
    const expected = oracle.take(until);
    const taken = queue.take(until);
    expect(taken).toBe(expected !== null);
    if (expected !== null) {
      expect({ time: queue.time, handler: queue.handler, payload: queue.payload }).toEqual({
        time: expected.time,
        handler: expected.handler,
        payload: expected.payload,
      });
    }
    return taken;
  };
  for (const [index, step] of steps.entries()) {
    if (step.kind === 'push') {
      // Orders are unique, as the clock's are, and not in the order of pushing.
      const entry = {
        time: step.time,
        order: (index * 7919) % 10_007,
        handler: index % 5,
        payload: 1_000_000 - index,
      };
      queue.push(entry.time, entry.order, entry.handler, entry.payload);
      oracle.push(entry);
    } else takeBoth(step.until);
    expect(queue.size).toBe(oracle.size);
  }
  while (takeBoth(Number.POSITIVE_INFINITY));
  expect(queue.size).toBe(0);
}

describe('the event queue', () => {
  it('takes in the order of (time, order), whatever the interleaving', () => {
    fc.assert(fc.property(program(fc.double({ min: 0, max: 1e6, noNaN: true })), compare), { numRuns: 300 });
  });

  it('decides ties by order', () => {
    fc.assert(fc.property(program(fc.integer({ min: 0, max: 3 })), compare), { numRuns: 300 });
  });

  it('keeps the order all over the first page, on its last instant and beyond', () => {
    const time = fc.oneof(fc.integer({ min: 0, max: 300 }), fc.constantFrom(31, 32, 255, 256, 257));
    fc.assert(fc.property(program(time), compare), { numRuns: 300 });
  });

  it('keeps the order when the pace of events changes by twelve powers of ten and back', () => {
    // Thousands of events at each pace: enough for a queue that adapts to adapt.
    for (const seed of [1, 2, 3]) {
      const draw = uniformStream(seed, 'pace');
      const queue = new EventQueue();
      const oracle: Entry[] = [];
      let order = 0;
      let now = 0;
      for (const pace of [1, 1e-6, 1e6, 0, 1e-3, 1e3]) {
        for (let step = 0; step < 6000; step++) {
          const add = draw() < 0.5 || queue.size < 20;
          if (add) {
            const time = draw() < 0.01 ? now + 1000 * pace : now + pace * draw();
            const entry = { time, order: order++, handler: step % 7, payload: order };
            queue.push(entry.time, entry.order, entry.handler, entry.payload);
            insertSorted(oracle, entry);
          } else {
            const first = oracle.shift();
            if (!queue.take(Number.POSITIVE_INFINITY) || queue.payload !== first?.payload)
              expect.fail(`step ${step} at pace ${pace}: took ${queue.payload} instead of ${first?.payload}`);
            now = queue.time;
          }
        }
        expect(queue.size).toBe(oracle.length);
      }
      for (const { payload } of oracle) {
        expect(queue.take(Number.POSITIVE_INFINITY)).toBe(true);
        expect(queue.payload).toBe(payload);
      }
    }
  });

  it('finds an event an age away, and one at the end of all times never', () => {
    const queue = new EventQueue();
    const times = [0, 1e-9, 1, 1e9, 1e15, 2 ** 53, 1e100, 1e300, Number.MAX_VALUE];
    for (const [i, time] of times.toReversed().entries()) queue.push(time, i, 0, i);
    queue.push(Number.POSITIVE_INFINITY, 99, 0, 99);
    for (const time of times) {
      expect(queue.take(Number.POSITIVE_INFINITY)).toBe(true);
      expect(queue.time).toBe(time);
    }
    expect(queue.take(Number.POSITIVE_INFINITY)).toBe(false);
    expect(queue.size).toBe(1);
  });

  it('takes first what is added before the event it has looked for', () => {
    const queue = new EventQueue();
    const reaches = (time: number): boolean => queue.anyBefore(time, Number.POSITIVE_INFINITY);
    queue.push(1e6, 0, 0, 0);
    expect([reaches(999_999), reaches(1e6)]).toEqual([false, true]);
    for (const [order, time] of [5, 3, 999_999.9, 1e6 + 1, 4].entries()) queue.push(time, order, 0, 0);
    for (const time of [3, 4, 5, 999_999.9, 1e6, 1e6 + 1]) {
      expect([reaches(time - 1e-3), reaches(time)]).toEqual([false, true]);
      expect(queue.take(Number.POSITIVE_INFINITY)).toBe(true);
      expect(queue.time).toBe(time);
    }
    expect(reaches(Number.MAX_VALUE)).toBe(false);
  });

  it('leaves an event at `until` where it is', () => {
    const queue = new EventQueue();
    queue.push(5, 0, 1, 42);
    expect(queue.take(5)).toBe(false);
    expect(queue.size).toBe(1);
    expect(queue.take(5.000001)).toBe(true);
    expect(queue.payload).toBe(42);
  });

  it('grows past its first room without losing an event', () => {
    const queue = new EventQueue();
    const n = 5000;
    for (let i = 0; i < n; i++) queue.push((i * 7919) % n, 0, 0, i);
    for (let i = 0; i < n; i++) {
      expect(queue.take(Number.POSITIVE_INFINITY)).toBe(true);
      expect(queue.time).toBe(i);
    }
    expect(queue.take(Number.POSITIVE_INFINITY)).toBe(false);
  });
});
