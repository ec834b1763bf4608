/** The plan of real simulations: against every cluster of a small space, and against queueing theory. */
import {
  constant,
  type Distribution,
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  type SimulationPlan,
  tokens,
} from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inProcess, mmcWaitingExceeds } from '../../src/index.ts';
import { looksUpTo } from '../../src/planning/decide.ts';
import { type Examination, examine } from '../../src/planning/examine.ts';
import { planCapacity } from '../../src/planning/plan-capacity.ts';
import { examineUnloaded, type PlanQuestion } from '../../src/planning/question.ts';
import { type ClusterKind, candidateName, candidatesOf, gpusOf } from '../../src/planning/space.ts';
import { kindOf } from './made-up.ts';

interface Setting {
  readonly rate_per_s: number;
  readonly seconds: number;
  readonly prompt: Distribution;
  readonly output: Distribution;
  readonly ttft_s: number;
  readonly prefill_tokens_per_s: number;
  readonly decode_tokens_per_s: number;
}

type Cell = Setting & { readonly servers: readonly number[]; readonly seed: number };

function planOf(cell: Cell): SimulationPlan {
  const [first = 1, second] = cell.servers;
  const { prefill_tokens_per_s, decode_tokens_per_s } = cell;
  return {
    seed: cell.seed,
    sim_seconds: cell.seconds,
    warmup_seconds: cell.seconds / 10,
    slo: { ttft_s: cell.ttft_s },
    workload: {
      kind: 'generated',
      interarrival_s: exponential(cell.rate_per_s),
      prompt_tokens: cell.prompt,
      output_tokens: cell.output,
    },
    architecture:
      second === undefined
        ? monolithic({ num_gpus: first, prefill_tokens_per_s, decode_tokens_per_s })
        : disaggregated({
            prefill_gpus: first,
            decode_gpus: second,
            prefill_tokens_per_s,
            decode_tokens_per_s,
          }),
  };
}

const FAR_APART = 1e6;

const mono = kindOf('mono', [{}]);
const disagg = kindOf('disagg', [{}, {}]);

function questionOf(setting: Setting, kinds: readonly ClusterKind[], max_gpus: number): PlanQuestion<Cell> {
  return {
    kinds,
    rate_per_s: setting.rate_per_s,
    max_gpus,
    cellOf: ({ servers }, rate_per_s, seed) => ({ ...setting, rate_per_s, servers, seed }),
    unloadedCellOf: (kind, seed) => ({
      ...setting,
      rate_per_s: setting.rate_per_s / FAR_APART,
      seconds: setting.seconds * FAR_APART,
      servers: kind.pools.map(() => 50),
      seed,
    }),
  };
}

function examinationOf(target: number, most = 20): Examination<Cell> {
  const rule = { target, error: 0.05, looks: looksUpTo(most) };
  return {
    runner: inProcess(planOf, { pause: async () => {} }),
    rule,
    seeds: Array.from({ length: 2 * most }, (_, i) => 100 + i),
  };
}

describe('fewest servers by Erlang C', () => {
  // M/M/c: service of 1 s on average, in tokens so fine that whole ones do not matter.
  const setting: Setting = {
    rate_per_s: 10,
    seconds: 1500,
    prompt: constant(1),
    output: tokens(exponential(1 / 10_000)),
    ttft_s: 0.5,
    prefill_tokens_per_s: 1e9,
    decode_tokens_per_s: 10_000,
  };
  const servedInTime = (servers: number, rate_per_s: number): number =>
    1 - mmcWaitingExceeds({ rate_per_s, service_mean_s: 1, servers }, setting.ttft_s);

  it.each([0.8, 0.95])('for a share of %d that wait at most half a second', async (target) => {
    let fewest = 11;
    while (servedInTime(fewest, setting.rate_per_s) < target) fewest++;
    const question = questionOf(setting, [kindOf('mono', [{ service_s: 1 }])], 32);
    const report = await planCapacity(question, examinationOf(target), new Map());
    expect(report.smallest?.candidate.servers).toEqual([fewest]);

    // The load it still takes, by the inversion of the same formula.
    const { passes_at_per_s = 0, fails_at_per_s = 0 } = report.smallest?.headroom ?? {};
    let low = setting.rate_per_s;
    let high = fewest;
    while (high - low > 1e-6) {
      const middle = (low + high) / 2;
      if (servedInTime(fewest, middle) >= target) low = middle;
      else high = middle;
    }
    expect(passes_at_per_s).toBeGreaterThan(low * 0.96);
    expect(passes_at_per_s).toBeLessThan(low * 1.01);
    expect(fails_at_per_s).toBeLessThanOrEqual(passes_at_per_s * 1.01);
  });

  it('decides rightly far more often than it says it might not', async () => {
    // Just too few, and just enough: what the decision must tell apart, at many other seeds.
    const target = 0.95;
    let wrong = 0;
    const trials = 10;
    for (let trial = 0; trial < trials; trial++) {
      const seeds = Array.from({ length: 40 }, (_, i) => 1000 * (trial + 1) + i);
      for (const servers of [14, 15, 16]) {
        const { decision } = await examine(
          (seed): Cell => ({ ...setting, seconds: 300, servers: [servers], seed }),
          { ...examinationOf(target), seeds },
        );
        const truth = servedInTime(servers, setting.rate_per_s) >= target ? 'passes' : 'fails';
        if (decision.state !== 'open' && decision.state !== truth) wrong++;
      }
    }
    expect(wrong).toBeLessThanOrEqual(0.05 * trials * 3);
  });
});

describe('the plan of simulations is that of the full grid', () => {
  it('on small spaces', async () => {
    const settings = fc.record({
      rate_per_s: fc.integer({ min: 2, max: 6 }),
      prompt: fc.integer({ min: 4, max: 6 }).map((mu) => tokens(lognormal({ mu, sigma: 0.5 }))),
      output: fc.integer({ min: 3, max: 5 }).map((mu) => tokens(lognormal({ mu, sigma: 0.5 }))),
      ttft_s: fc.constantFrom(0.5, 1, 2),
    });
    await fc.assert(
      fc.asyncProperty(settings, fc.integer({ min: 1, max: 7 }), async (drawn, max_gpus) => {
        const setting = { ...drawn, seconds: 60, prefill_tokens_per_s: 400, decode_tokens_per_s: 150 };
        const question = questionOf(setting, [mono, disagg], max_gpus);
        const examination = examinationOf(0.9, 5);
        const unloaded = await examineUnloaded(question, examination);
        const report = await planCapacity(question, examination, unloaded);

        const passing = [];
        for (const candidate of question.kinds.flatMap((kind) => candidatesOf(kind, max_gpus))) {
          const own = await examine(
            (seed) => question.cellOf(candidate, setting.rate_per_s, seed),
            examination,
          );
          if (own.passes) passing.push(candidate);
        }
        const fewest = Math.min(Number.POSITIVE_INFINITY, ...passing.map(gpusOf));
        expect(report.smallest?.gpus ?? Number.POSITIVE_INFINITY).toBe(fewest);
        if (report.smallest !== null) {
          expect(passing.map(candidateName)).toContain(candidateName(report.smallest.candidate));
        }
      }),
      { numRuns: 15 },
    );
  });
});
