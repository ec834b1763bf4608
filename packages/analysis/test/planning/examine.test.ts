/** What it takes for a candidate to pass: twice, on seeds that have nothing in common. */
import { describe, expect, it } from 'vitest';
import { examine } from '../../src/planning/examine.ts';
import { kindOf, type MadeUpCell, madeUpRunner } from './made-up.ts';

const kind = kindOf('mono', [{}]);
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const cellOf = (seed: number): MadeUpCell => ({
  candidate: { kind, servers: [1] },
  kind,
  rate_per_s: 1,
  seed,
});

/** Examined where a run attains what `attained` says of its seed; and the number of runs. */
async function examined(attained: (seed: number) => number) {
  const runner = madeUpRunner(({ seed }) => attained(seed));
  const rule = { target: 0.9, error: 0.05, looks: [3, 5] };
  const result = await examine(cellOf, { runner, rule, seeds });
  expect(result.runs).toBe(runner.asked.length);
  return result;
}

const differing = (share: number, seed: number): number => share + seed / 10_000;

describe('a candidate', () => {
  it('passes when it passes again, and is told by the second time', async () => {
    const result = await examined((seed) => differing(seed <= 5 ? 0.99 : 0.97, seed));
    expect(result).toMatchObject({
      passes: true,
      reason: null,
      runs: 6,
      decision: { state: 'passes', n: 3 },
    });
    expect(result.evidence.attainment).toBeCloseTo(differing(0.97, 7), 12);
    expect(result.decision.mean).toBe(result.evidence.attainment);
  });

  it('that was lucky once does not pass', async () => {
    const result = await examined((seed) => differing(seed <= 5 ? 0.99 : 0.7, seed));
    expect(result).toMatchObject({ passes: false, reason: 'ttft', decision: { state: 'fails' } });
  });

  it('that fails is not asked again', async () => {
    expect(await examined((seed) => differing(0.7, seed))).toMatchObject({ passes: false, runs: 3 });
  });

  it('needs seeds for both times', async () => {
    const runner = madeUpRunner(() => 1);
    const rule = { target: 0.9, error: 0.05, looks: [3, 6] };
    await expect(examine(cellOf, { runner, rule, seeds })).rejects.toThrow(
      new RangeError('seeds must be twice the 6 of the last look, got 10'),
    );
  });
});
