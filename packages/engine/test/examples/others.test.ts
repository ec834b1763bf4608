/** The example metric, distribution and analysis give the numbers they promise. */
import {
  exponential,
  lognormal,
  monolithic,
  Simulation,
  type SimulationPlan,
  simulate,
  tokens,
  uniformStream,
} from '@llmsim/engine';
import { toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov } from '../support/cdf.ts';
import { sum } from '../support/numbers.ts';
import { rowsOf } from '../support/rows.ts';
import { pareto } from './pareto.ts';
import { type SlowShare, slowShare } from './slow-share.ts';
import { smallestCluster } from './smallest-cluster.ts';

const workload = {
  kind: 'generated',
  interarrival_s: exponential(2),
  prompt_tokens: tokens(lognormal({ mu: 7, sigma: 0.8 })),
  output_tokens: tokens(lognormal({ mu: 5, sigma: 0.5 })),
} as const;
const RATES = { prefill_tokens_per_s: 8000, decode_tokens_per_s: 200 };

describe('the example metric', () => {
  it('tells, minute by minute, the share of slow first tokens that the log tells', () => {
    const run = new Simulation({
      seed: 8,
      sim_seconds: 570,
      keep_requests: true,
      workload,
      architecture: monolithic({ num_gpus: 2, ...RATES }),
    });
    let minutes: readonly SlowShare[] = [];
    slowShare(run)
      .pipe(toArray())
      .subscribe((all) => {
        minutes = all;
      });
    const rows = rowsOf(run.run());
    expect(minutes).toHaveLength(10);
    for (const [minute, { from_s, first_tokens, slow_share }] of minutes.entries()) {
      expect(from_s).toBe(60 * minute);
      const inside = rows.filter((row) => row.first_token_s >= from_s && row.first_token_s < from_s + 60);
      expect(first_tokens).toBe(inside.length);
      const slow = inside.filter((row) => row.first_token_s - row.arrival_s > 1);
      expect(slow_share).toBe(slow.length / inside.length);
    }
    expect(sum(minutes.map(({ slow_share }) => slow_share ?? 0))).toBeGreaterThan(0.1);
  });
});

describe('the example distribution', () => {
  it('is Pareto', () => {
    const next = pareto({ least: 100, shape: 1.5 })(uniformStream(1, 'lengths'));
    const sample = Array.from({ length: 20_000 }, next);
    expect(kolmogorovSmirnov(sample, (x) => 1 - (100 / x) ** 1.5)).toBeLessThan(1.95);
  });

  it('drives a run like any other', () => {
    const plan: SimulationPlan = {
      sim_seconds: 200,
      keep_requests: true,
      workload: { ...workload, prompt_tokens: tokens(pareto({ least: 100, shape: 1.5 })) },
      architecture: monolithic({ num_gpus: 4, ...RATES }),
    };
    const prompts = rowsOf(simulate(plan)).map((row) => row.prompt_tokens);
    expect(Math.min(...prompts)).toBeGreaterThanOrEqual(100);
    expect(Math.max(...prompts)).toBeGreaterThan(2000);
  });
});

describe('the example analysis', () => {
  const plan = { seed: 5, sim_seconds: 600, warmup_seconds: 60, workload } as const;
  const p99With = (num_gpus: number): number =>
    simulate({ ...plan, architecture: monolithic({ num_gpus, ...RATES }) }).report.ttft_s.p99 ?? Number.NaN;

  it('finds the size that a search through all sizes finds', () => {
    const target = { p99_ttft_s: 1.2, most_gpus: 16, ...RATES };
    const found = smallestCluster(plan, target);
    const all = Array.from({ length: 16 }, (_, i) => i + 1);
    expect(found).toBe(all.find((num_gpus) => p99With(num_gpus) <= 1.2));
    expect(found).toBeGreaterThan(2);
  });

  it('says so when no size is enough', () => {
    expect(smallestCluster(plan, { p99_ttft_s: 1e-6, most_gpus: 16, ...RATES })).toBeNull();
  });
});
