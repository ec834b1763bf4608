/** Step times from requests: a simulated engine gives back its own. */
import {
  batchedMonolithic,
  constant,
  exponential,
  lognormal,
  type ReplicaSpec,
  type SimulationPlan,
  type StepTime,
  simulate,
  tokens,
  uniformTokens,
} from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { calibrate, calibrateInRounds, type TimedRequest } from '../../src/index.ts';

function served(
  step_time: StepTime,
  workload: SimulationPlan['workload'],
  replica: Partial<ReplicaSpec> = {},
): TimedRequest[] {
  const { requests } = simulate({
    seed: 5,
    workload,
    keep_requests: true,
    architecture: batchedMonolithic({
      replicas: 1,
      replica: {
        max_num_seqs: 64,
        max_num_batched_tokens: 2048,
        enable_chunked_prefill: true,
        block_size: 16,
        step_time,
        ...replica,
      },
    }),
  });
  if (requests === null) throw new Error('The plan keeps requests');
  return Array.from({ length: requests.length }, (_, id) => ({
    prompt_tokens: requests.prompt_tokens[id] ?? 0,
    output_tokens: requests.output_tokens[id] ?? 0,
    first_token_s: requests.first_token_s[id] ?? 0,
    completed_s: requests.completed_s[id] ?? 0,
  }));
}

const traffic = (rate_per_s: number): SimulationPlan['workload'] => ({
  kind: 'generated',
  interarrival_s: exponential(rate_per_s),
  prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
  output_tokens: tokens(lognormal({ mu: 5, sigma: 0.8 })),
  max_requests: 300,
});

const STEP: StepTime = {
  base_s: 0.0065,
  prefill_token_s: 2e-5,
  decode_seq_s: 3e-5,
  decode_context_token_s: 6e-8,
  prefill_attention_s: 0,
};

test('in rounds it comes to the same, and each has its number', () => {
  const requests = Array.from({ length: 40 }, (_, i) => ({
    prompt_tokens: 100 + 7 * i,
    output_tokens: 11 + (i % 5),
    first_token_s: i / 3,
    completed_s: i / 3 + 0.1 + (i % 3) / 9,
  }));
  const rounds = calibrateInRounds([requests]);
  const numbers: number[] = [];
  let next = rounds.next();
  for (; next.done !== true; next = rounds.next()) numbers.push(next.value);
  expect(next.value).toEqual(calibrate([requests]));
  expect(numbers).toEqual(numbers.map((_, index) => index + 1));
  expect(numbers.length).toBeGreaterThan(0);
});

describe('calibrate', () => {
  test('a simulated engine gives back its step times', () => {
    const steps = fc.record({
      base_s: fc.double({ min: 4e-3, max: 2e-2, noNaN: true }),
      prefill_token_s: fc.double({ min: 1e-5, max: 6e-5, noNaN: true }),
      decode_seq_s: fc.double({ min: 2e-5, max: 1e-4, noNaN: true }),
      decode_context_token_s: fc.double({ min: 3e-8, max: 1.5e-7, noNaN: true }),
      prefill_attention_s: fc.constant(0),
    });
    fc.assert(
      fc.property(steps, (step) => {
        // Light and heavy together tell the batch from the step.
        const { step_time, error } = calibrate([served(step, traffic(0.5)), served(step, traffic(6))]);
        const off = (
          name: 'base_s' | 'prefill_token_s' | 'decode_seq_s' | 'decode_context_token_s',
        ): number => Math.abs(step_time[name] / step[name] - 1);
        expect(off('base_s')).toBeLessThan(0.005);
        for (const name of ['prefill_token_s', 'decode_seq_s', 'decode_context_token_s'] as const) {
          expect(off(name)).toBeLessThan(0.08);
        }
        expect(error.mean).toBeLessThan(0.001);
      }),
      { numRuns: 15 },
    );
  });

  test('an engine that schedules ahead gives back the same', () => {
    const ahead = { async_scheduling: true };
    const { step_time, error } = calibrate([
      served(STEP, traffic(0.5), ahead),
      served(STEP, traffic(6), ahead),
    ]);
    expect(Math.abs(step_time.base_s / STEP.base_s - 1)).toBeLessThan(0.005);
    for (const name of ['prefill_token_s', 'decode_seq_s', 'decode_context_token_s'] as const) {
      expect(Math.abs(step_time[name] / STEP[name] - 1)).toBeLessThan(0.08);
    }
    expect(error.mean).toBeLessThan(0.001);
  });

  test('half of the requests tell nearly as much, and predict the other half', () => {
    const requests = served(STEP, traffic(6));
    const half = calibrate([requests], { fitted: (_, index) => index % 2 === 0 });
    const whole = calibrate([requests]);
    expect(half.rows).toBeLessThan(0.55 * whole.rows);
    expect(Math.abs(half.step_time.base_s / whole.step_time.base_s - 1)).toBeLessThan(0.01);
  });

  test('the clock of a run may start anywhere', () => {
    const requests = served(STEP, traffic(3));
    const later = requests.map((request) => ({
      ...request,
      first_token_s: request.first_token_s + 4096,
      completed_s: request.completed_s + 4096,
    }));
    const { step_time } = calibrate([requests]);
    const shifted = calibrate([later]).step_time;
    expect(shifted.base_s / step_time.base_s).toBeCloseTo(1, 4);
    expect(shifted.decode_context_token_s / step_time.decode_context_token_s).toBeCloseTo(1, 2);
  });

  test('requests that are always alone say nothing of batches, and exactly how long a step takes', () => {
    const alone = served(STEP, {
      kind: 'closed_loop',
      concurrency: 1,
      max_requests: 40,
      prompt_tokens: uniformTokens(100, 3000),
      output_tokens: uniformTokens(10, 400),
    });
    const { step_time, unidentified, error } = calibrate([alone]);
    const one = step_time.base_s + step_time.decode_seq_s;
    expect(one).toBeCloseTo(STEP.base_s + STEP.decode_seq_s, 9);
    expect(step_time.decode_context_token_s).toBeCloseTo(STEP.decode_context_token_s, 12);
    expect(error.max).toBeLessThan(1e-7);
    const names = unidentified.map(({ coefficient }) => coefficient);
    expect(names).toEqual(expect.arrayContaining(['prefill_token_s', 'prefill_attention_s']));
    expect(names.filter((name) => name === 'base_s' || name === 'decode_seq_s')).toHaveLength(1);
  });

  test('answers of one token cannot be fitted', () => {
    const short = served(STEP, {
      kind: 'closed_loop',
      concurrency: 2,
      max_requests: 20,
      prompt_tokens: constant(100),
      output_tokens: constant(1),
    });
    expect(() => calibrate([short])).toThrow('rows must be more than 5, got 0');
  });
});
