/** The clock's own contract: order, budget, stop, errors, and no way back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Phase, VirtualClock } from '../../src/index.ts';

const FOREVER = Number.POSITIVE_INFINITY;

describe('the virtual clock', () => {
  it('handles events in the order of (time, phase, rank)', () => {
    const event = fc.record({
      time: fc.integer({ min: 0, max: 4 }),
      phase: fc.constantFrom(...Object.values(Phase)),
      rank: fc.integer({ min: 0, max: 2 ** 40 }),
    });
    fc.assert(
      fc.property(
        fc.uniqueArray(event, { selector: (e) => `${e.time}/${e.phase}/${e.rank}`, maxLength: 80 }),
        (events) => {
          const clock = new VirtualClock();
          const seen: number[] = [];
          const note = clock.handler((payload) => {
            expect(clock.now()).toBe(events[payload]?.time);
            seen.push(payload);
          });
          for (const [index, { time, phase, rank }] of events.entries())
            clock.at(time, phase, rank, note, index);
          expect(clock.run(FOREVER)).toBe(events.length);
          const expected = [...events.keys()].sort((i, j) => {
            const [a, b] = [events[i], events[j]];
            if (a === undefined || b === undefined) throw new Error('no such event');
            return a.time - b.time || a.phase - b.phase || a.rank - b.rank;
          });
          expect(seen).toEqual(expected);
        },
      ),
    );
  });

  it('orders the phases: milestones, completions, transfers, arrivals, dispatch, observers', () => {
    const { milestone, completion, transfer, arrival, dispatch, observer } = Phase;
    const written = [milestone, completion, transfer, arrival, dispatch, observer];
    expect(written).toEqual([...written].sort((a, b) => a - b));
    expect(new Set(written).size).toBe(6);
  });

  it("runs work scheduled for the same instant after that instant's events, in order of scheduling", () => {
    const clock = new VirtualClock();
    const seen: string[] = [];
    clock.schedule(() => seen.push('first'), 1);
    clock.schedule(() => seen.push('second'), 1);
    const note = clock.handler((rank) => seen.push(`event ${rank}`));
    clock.at(1, Phase.arrival, 2 ** 47, note, 9);
    clock.run(FOREVER);
    expect(seen).toEqual(['event 9', 'first', 'second']);
  });

  it('handles nothing at or after `until`, and goes on from there', () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const note = clock.handler((payload) => seen.push(payload));
    for (const time of [1, 2, 3]) clock.at(time, Phase.arrival, time, note, time);
    expect(clock.run(2)).toBe(1);
    expect(clock.now()).toBe(1);
    expect(clock.run(FOREVER)).toBe(2);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('handles at most its budget of events, in the same order as in one run', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (budgets) => {
        const clock = new VirtualClock();
        const seen: number[] = [];
        const note = clock.handler((payload) => {
          seen.push(payload);
          if (payload < 30) clock.at(clock.now() + 1, Phase.arrival, payload, note, payload + 10);
        });
        for (let i = 0; i < 10; i++) clock.at(i / 10, Phase.arrival, i, note, i);
        for (const budget of budgets) expect(clock.run(FOREVER, budget)).toBeLessThanOrEqual(budget);
        clock.run(FOREVER);
        expect(seen).toEqual(Array.from({ length: 40 }, (_, i) => i));
      }),
    );
  });

  it('stops after the event being handled', () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const note = clock.handler((payload) => {
      seen.push(payload);
      if (payload === 2) clock.stop();
    });
    for (const time of [1, 2, 3]) clock.at(time, Phase.arrival, 0, note, time);
    expect(clock.run(FOREVER)).toBe(2);
    expect(clock.stopped).toBe(true);
    expect(clock.run(FOREVER)).toBe(0);
    expect(seen).toEqual([1, 2]);
  });

  it('throws what scheduled work threw, at once', () => {
    const clock = new VirtualClock();
    const fault = new Error('work failed');
    let later = false;
    clock.schedule(() => {
      throw fault;
    }, 1);
    clock.schedule(() => {
      later = true;
    }, 2);
    expect(() => clock.run(FOREVER)).toThrow(fault);
    expect(later).toBe(false);
  });

  it('throws the first error it was told of, after the event being handled', () => {
    const clock = new VirtualClock();
    const seen: number[] = [];
    const note = clock.handler((payload) => {
      if (payload === 1) {
        clock.fail(new Error('first'));
        clock.fail(new Error('second'));
      }
      seen.push(payload);
    });
    for (const time of [1, 2]) clock.at(time, Phase.arrival, 0, note, time);
    expect(() => clock.run(FOREVER)).toThrow('first');
    expect(seen).toEqual([1]);
    expect(() => clock.run(FOREVER)).toThrow('first');
  });

  it('refuses an event in the past, and one at no time', () => {
    const clock = new VirtualClock();
    const note = clock.handler(() => {});
    clock.at(5, Phase.arrival, 0, note, 0);
    clock.run(FOREVER);
    expect(() => clock.at(4.999, Phase.arrival, 0, note, 0)).toThrow(RangeError);
    expect(() => clock.at(Number.NaN, Phase.arrival, 0, note, 0)).toThrow(RangeError);
    expect(() => clock.at(5, Phase.arrival, 0, note, 0)).not.toThrow();
  });
});
