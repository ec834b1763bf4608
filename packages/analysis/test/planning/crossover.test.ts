/** Mono against disagg: the winner by the formula, paired and on fresh seeds, and the break-even by bisection. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BreakEven, changesOf, narrowed } from '../../src/planning/break-even.ts';
import { contest } from '../../src/planning/crossover.ts';
import { mapCrossover } from '../../src/planning/map-crossover.ts';
import type { Candidate } from '../../src/planning/space.ts';
import { splitsOf } from '../../src/planning/splits.ts';
import { findReading } from '../../src/readings.ts';
import { crossoverDocument } from '../../src/views/crossover-document.ts';
import { kindOf, madeUpRunner } from './made-up.ts';

const reading = findReading('attainment');
if (reading === undefined) throw new Error('attainment is a reading');
const mono: Candidate = { kind: kindOf('mono', [{}]), servers: [6] };
const splits = splitsOf(kindOf('disagg', [{}, {}]), 6);

/** Noise that both share, and a difference that the rate decides; the split 2+4 is best. */
function rules(noise: (seed: number) => number, ownNoise = 0) {
  const seeds = [1, 2, 3, 4, 5];
  const asked: number[] = [];
  const runner = madeUpRunner(({ candidate, rate_per_s, seed }) => {
    const [prefill = 0, decode] = candidate?.servers ?? [];
    if (decode === undefined) return 0.6 + noise(seed);
    asked.push(seed);
    return (
      0.5 + rate_per_s / 100 - Math.abs(prefill - 2) / 50 + noise(seed) + (seed % 2 ? ownNoise : -ownNoise)
    );
  });
  return { runner, reading: reading as NonNullable<typeof reading>, pilot_seeds: [101, 102], seeds, asked };
}

function at(rate_per_s: number) {
  return {
    mono,
    splits,
    cellOf: (candidate: Candidate, seed: number) => ({ candidate, kind: candidate.kind, rate_per_s, seed }),
  };
}

describe('a contest', () => {
  const wild = (seed: number): number => ((seed * 7919) % 13) / 50;

  it('is decided by the paired difference, whatever noise both share', async () => {
    const [below, above] = [await contest(at(9), rules(wild)), await contest(at(11), rules(wild))];
    expect(below?.winner).toBe('mono');
    expect(above?.winner).toBe('disagg');
    expect(above?.disagg.servers).toEqual([2, 4]);
    expect(above?.difference.interval.mean).toBeCloseTo(0.01, 9);
    // Apart, the two intervals overlap by far.
    expect(above?.mono_interval.high).toBeGreaterThan(above?.disagg_interval.low ?? 1);
  });

  it('sees no difference below its own noise', async () => {
    expect((await contest(at(10.5), rules(wild, 0.05)))?.winner).toBeNull();
  });

  it('chooses the split on other seeds than it compares on', async () => {
    const rule = rules(wild);
    await contest(at(11), rule);
    expect(rule.asked.filter((seed) => seed > 100)).toHaveLength(2 * splits.length);
    expect(rule.asked.filter((seed) => seed < 100)).toEqual(rule.seeds);
  });

  it('says nothing of the numbers when it was stopped before the first point', async () => {
    const controller = new AbortController();
    controller.abort();
    const question = { gpus: 6, axes: [], pointAt: async () => at(1) };
    const report = await mapCrossover(question, { ...rules(wild), signal: controller.signal });
    const [first] = crossoverDocument(report, { origin: [] }).answer;
    expect(first?.text).toBe('No point was compared to its end.');
  });

  it('gives nothing where a run has no such number', async () => {
    const rule = rules(wild);
    const tpot = findReading('tpot_s.mean');
    if (tpot === undefined) throw new Error('tpot_s.mean is a reading');
    expect(await contest(at(11), { ...rule, reading: tpot })).toBeNull();
  });
});

describe('the break-even', () => {
  it('is between neighbours that differ, over what is not seen', () => {
    expect(changesOf(['a', 'a', null, 'b', 'a'])).toEqual([
      { before: 'a', after: 'b', low: 1, high: 3 },
      { before: 'b', after: 'a', low: 3, high: 4 },
    ]);
    expect(changesOf([null, 'a', null])).toEqual([]);
  });

  it('is found from both sides, to the precision', async () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    await fc.assert(
      fc.asyncProperty(unit, unit, async (one, other) => {
        const [from, to] = [Math.min(one, other), Math.max(one, other)];
        const winnerAt = async (position: number): Promise<string | null> =>
          position <= from ? 'a' : position > to ? 'b' : null;
        const change: BreakEven<string> = { before: 'a', after: 'b', low: 0, high: 1.0001 };
        const { low, high } = await narrowed(change, winnerAt, 0.01);
        expect(low).toBeLessThanOrEqual(from);
        expect(low).toBeGreaterThanOrEqual(from - 0.01);
        expect(high).toBeGreaterThan(to);
        expect(high).toBeLessThanOrEqual(to + 0.01);
      }),
    );
  });
});
