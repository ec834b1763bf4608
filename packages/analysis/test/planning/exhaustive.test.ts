/** The plan against asking every candidate, where what passes is a formula that more servers never make worse. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planCapacity } from '../../src/planning/plan-capacity.ts';
import type { PlanReport } from '../../src/planning/plan-report.ts';
import { examineUnloaded } from '../../src/planning/question.ts';
import {
  type Candidate,
  type ClusterKind,
  candidateName,
  candidatesOf,
  covers,
  gpusOf,
  pricePerHour,
} from '../../src/planning/space.ts';
import { planDocument } from '../../src/views/plan-document.ts';
import { type Attainment, kindOf, type MadeUpCell, madeUpRunner, questionOf } from './made-up.ts';

const rule = { target: 0.9, error: 0.05, looks: [3, 5] };
const seeds = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10];
const RATE = 10;

/** What a server of each pool serves, and how fast it is at no load; never more with more load. */
interface Nature {
  readonly kind: ClusterKind;
  readonly served_per_s: readonly number[];
  readonly unloaded: number;
}

const arbitraryNature = (name: string): fc.Arbitrary<Nature> =>
  fc
    .record({
      pools: fc.array(
        fc.record({
          gpus: fc.integer({ min: 1, max: 3 }),
          price: fc.integer({ min: 1, max: 9 }),
          served_per_s: fc.double({ min: 1, max: 8, noNaN: true }),
          bounded: fc.boolean(),
        }),
        { minLength: 1, maxLength: 2 },
      ),
      unloaded: fc.constantFrom(1, 1, 1, 0.99, 0.5),
    })
    .map(({ pools, unloaded }) => ({
      kind: kindOf(
        name,
        pools.map(({ gpus, price, served_per_s, bounded }) => ({
          gpus,
          price,
          service_s: bounded ? 1 / served_per_s : 0,
        })),
      ),
      served_per_s: pools.map(({ served_per_s }) => served_per_s),
      unloaded,
    }));

/** Falls with the load of each pool: 1 at none, 0 at a load of 1. */
function attainmentOf({ served_per_s, unloaded }: Nature, servers: readonly number[], rate: number): number {
  return served_per_s.reduce((product, served, pool) => {
    const load = rate / (served * (servers[pool] ?? 1));
    return product * Math.max(0, 1 - load ** 3);
  }, unloaded);
}

const arbitraryNatures = fc.tuple(arbitraryNature('a'), arbitraryNature('b'), arbitraryNature('c'));

async function planned(natures: readonly Nature[], max_gpus: number) {
  const byKind = new Map(natures.map((nature) => [nature.kind, nature]));
  const attainment: Attainment = ({ candidate, kind, rate_per_s }) => {
    const nature = byKind.get(kind);
    if (nature === undefined) throw new Error('not asked for');
    return candidate === null ? nature.unloaded : attainmentOf(nature, candidate.servers, rate_per_s);
  };
  const runner = madeUpRunner(attainment);
  const question = questionOf(
    natures.map(({ kind }) => kind),
    { rate_per_s: RATE, max_gpus },
  );
  const examination = { runner, rule, seeds };
  const unloaded = await examineUnloaded<MadeUpCell>(question, examination);
  const report = await planCapacity(question, examination, unloaded);
  const truth = ({ kind, servers }: Candidate): number => {
    const nature = byKind.get(kind);
    return nature === undefined ? Number.NaN : attainmentOf(nature, servers, RATE);
  };
  return { report, runner, truth, question };
}

function least(values: readonly number[]): number {
  return Math.min(Number.POSITIVE_INFINITY, ...values);
}

describe('the plan is that of the full grid', () => {
  it('in size, price, runner-up, and what it says of every candidate', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNatures, fc.integer({ min: 1, max: 24 }), async (natures, max_gpus) => {
        const { report, truth } = await planned(natures, max_gpus);
        const all = natures.flatMap(({ kind }) => candidatesOf(kind, max_gpus));
        const passing = all.filter((candidate) => truth(candidate) >= rule.target);

        expect(report.candidates.map(({ candidate }) => candidate)).toEqual(all);
        const size = least(passing.map(gpusOf));
        expect(report.smallest?.gpus ?? Number.POSITIVE_INFINITY).toBe(size);
        const atSize = passing.filter((candidate) => gpusOf(candidate) === size).map(truth);
        if (report.smallest !== null) {
          expect(truth(report.smallest.candidate)).toBe(Math.max(...atSize));
        }
        expect(report.cheapest?.price_per_hour ?? Number.POSITIVE_INFINITY).toBeCloseTo(
          least(passing.map((candidate) => pricePerHour(candidate) ?? Number.NaN)),
          9,
        );
        expect(report.runner_up?.gpus ?? Number.POSITIVE_INFINITY).toBe(
          least(passing.filter((candidate) => isOther(candidate, report)).map(gpusOf)),
        );
        for (const { candidate, standing } of report.candidates) {
          if (standing !== null)
            expect(standing.passes, candidateName(candidate)).toBe(truth(candidate) >= rule.target);
          // Everything smaller than the answer was rejected, with a reason.
          else expect(gpusOf(candidate)).toBeGreaterThanOrEqual(size);
          if (standing?.passes === false) expect(standing.reason).not.toBeNull();
        }
      }),
      { numRuns: 300 },
    );
  });

  it('with a nearest miss where nothing passes', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryNatures, fc.integer({ min: 1, max: 12 }), async (natures, max_gpus) => {
        const { report, truth } = await planned(natures, max_gpus);
        const fits = natures.some(({ kind }) => candidatesOf(kind, max_gpus).length > 0);
        expect(report.nearest_miss !== null).toBe(report.smallest === null && fits);
        if (report.nearest_miss === null) return;
        expect(gpusOf(report.nearest_miss.candidate)).toBeLessThanOrEqual(max_gpus);
        expect(truth(report.nearest_miss.candidate)).toBeLessThan(rule.target);
        expect(report.nearest_miss.examined.reason).not.toBeNull();
      }),
      { numRuns: 100 },
    );
  });

  it('with the headroom of the formula', async () => {
    const kind = kindOf('mono', [{ service_s: 0.25 }]);
    const nature = { kind, served_per_s: [4], unloaded: 1 };
    const { report } = await planned([nature], 64);
    // 1 − (10 / 4n)³ ≥ 0.9 from n = 6 on, up to a rate of 24 · 0.1^(1/3).
    expect(report.smallest?.candidate.servers).toEqual([6]);
    const most = 24 * Math.cbrt(0.1);
    const { passes_at_per_s = 0, fails_at_per_s = 0 } = report.smallest?.headroom ?? {};
    expect(passes_at_per_s).toBeLessThanOrEqual(most);
    expect(fails_at_per_s).toBeGreaterThan(most);
    expect(fails_at_per_s / passes_at_per_s).toBeLessThanOrEqual(1.01);
    expect(report.best_per_gpu?.rate_per_gpu).toBe(passes_at_per_s / 6);
  });
});

describe('the plan saves runs', () => {
  it('far below the grid, and counts them', async () => {
    const natures = [
      { kind: kindOf('mono', [{ service_s: 0.25 }]), served_per_s: [4], unloaded: 1 },
      {
        kind: kindOf('disagg', [{ service_s: 0.5 }, { service_s: 0.4 }]),
        served_per_s: [2, 2.5],
        unloaded: 1,
      },
    ];
    const { report, runner } = await planned(natures, 64);
    expect(report.runs).toBe(runner.asked.length);
    expect(report.grid_runs).toBe(3 * (64 + (63 * 64) / 2));
    expect(report.runs - report.headroom_runs).toBeLessThan(report.grid_runs / 30);
    // No candidate was run twice for the same decision.
    const names = report.examined.map(({ candidate }) => candidateName(candidate));
    expect(new Set(names).size).toBe(names.length);
  });

  it('searches no kind that fails at no load', async () => {
    const natures = [{ kind: kindOf('slow', [{}]), served_per_s: [4], unloaded: 0.5 }];
    const { report, runner } = await planned(natures, 64);
    expect(report.smallest).toBeNull();
    // At no load, and once at the largest size.
    expect(new Set(runner.asked)).toEqual(new Set(['slow', 'slow 64']));
    expect(report.nearest_miss?.candidate.servers).toEqual([64]);
    expect(report.candidates.filter(({ standing }) => standing?.how === 'unloaded')).toHaveLength(63);
  });
});

describe('a plan that is stopped', () => {
  it('keeps what it has', async () => {
    const kind = kindOf('mono', [{ service_s: 0.25 }]);
    const question = questionOf([kind], { rate_per_s: RATE, max_gpus: 64 });
    const controller = new AbortController();
    const runner = madeUpRunner(({ candidate }) => {
      const servers = candidate?.servers[0] ?? 64;
      if (servers >= 6) controller.abort();
      return 1 - Math.min(1, RATE / (4 * servers)) ** 3;
    });
    const examination = { runner, rule, seeds, signal: controller.signal };
    const report = await planCapacity(question, examination, new Map());
    expect(report.finished).toBe(false);
    expect(report.smallest).toBeNull();
    expect(report.examined.length).toBeGreaterThan(0);
    expect(report.examined.every(({ examined }) => !examined.passes)).toBe(true);
  });

  it('says when it was stopped before it examined anything', async () => {
    const question = questionOf([kindOf('mono', [{}])], { rate_per_s: RATE, max_gpus: 4 });
    const runner = madeUpRunner(() => 1);
    const report = await planCapacity(
      question,
      { runner, rule, seeds, signal: AbortSignal.abort() },
      new Map(),
    );
    expect(runner.asked).toEqual([]);
    const [first] = planDocument(report, { origin: [] }).answer;
    expect(first).toEqual({ text: 'No cluster was examined.' });
  });

  it('passes on what a run throws', async () => {
    const question = questionOf([kindOf('mono', [{}])], { rate_per_s: RATE, max_gpus: 4 });
    const runner = madeUpRunner(() => {
      throw new RangeError('broken');
    });
    await expect(planCapacity(question, { runner, rule, seeds }, new Map())).rejects.toThrow('broken');
  });
});

function isOther(candidate: Candidate, { smallest }: PlanReport): boolean {
  if (smallest === null) return false;
  const { kind, servers } = smallest.candidate;
  return candidate.kind !== kind || !covers(candidate.servers, servers);
}
