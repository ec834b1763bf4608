/** Step times from sums over steps: they come back, and what the data does not say is said. */
import type { StepTime } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitStepTime, type StepSums } from '../../src/index.ts';

const truth: fc.Arbitrary<StepTime> = fc.record({
  base_s: fc.double({ min: 1e-3, max: 3e-2, noNaN: true }),
  prefill_token_s: fc.double({ min: 1e-6, max: 1e-4, noNaN: true }),
  decode_seq_s: fc.double({ min: 1e-6, max: 1e-4, noNaN: true }),
  decode_context_token_s: fc.double({ min: 1e-9, max: 1e-7, noNaN: true }),
  prefill_attention_s: fc.double({ min: 1e-10, max: 1e-8, noNaN: true }),
});

/** Steps of all kinds, so that each coefficient shows. */
const kinds = Array.from({ length: 40 }, (_, i) => {
  const prompt = (i % 4) * 700;
  const decode_seqs = 1 + ((i * 7) % 60);
  return {
    steps: 1,
    prefill_tokens: prompt,
    decode_seqs,
    decode_context_tokens: decode_seqs * (100 + ((i * 331) % 3000)),
    prefill_attention: prompt * ((i * 211) % 1900),
  };
});

function rowsOf(step: StepTime): StepSums[] {
  return kinds.map((kind) => ({
    ...kind,
    seconds:
      step.base_s * kind.steps +
      step.prefill_token_s * kind.prefill_tokens +
      step.decode_seq_s * kind.decode_seqs +
      step.decode_context_token_s * kind.decode_context_tokens +
      step.prefill_attention_s * kind.prefill_attention,
  }));
}

describe('fitStepTime', () => {
  test('gives back what exact rows were made with, and says that it knows', () => {
    fc.assert(
      fc.property(truth, (step) => {
        const fit = fitStepTime(rowsOf(step));
        for (const [name, value] of Object.entries(step)) {
          expect(fit.step_time).toHaveProperty(name, expect.closeTo(value, 9));
        }
        expect(fit.unidentified).toEqual([]);
        expect(fit.error.max).toBeLessThan(1e-6);
        expect(fit.leave_one_out.max).toBeLessThan(1e-5);
      }),
    );
  });

  test('leave-one-out is what fitting the others predicts', () => {
    const rows = rowsOf({
      base_s: 0.01,
      prefill_token_s: 3e-5,
      decode_seq_s: 2e-5,
      decode_context_token_s: 3e-8,
      prefill_attention_s: 1e-9,
    }).map((row, i) => ({ ...row, seconds: row.seconds * (1 + 0.1 * Math.sin(i * i)) }));
    const errors = rows.map((row, at) => {
      const { step_time } = fitStepTime(rows.filter((_, i) => i !== at));
      const predicted =
        step_time.base_s * row.steps +
        step_time.prefill_token_s * row.prefill_tokens +
        step_time.decode_seq_s * row.decode_seqs +
        step_time.decode_context_token_s * row.decode_context_tokens +
        step_time.prefill_attention_s * row.prefill_attention;
      return Math.abs(predicted / row.seconds - 1);
    });
    const { leave_one_out, error } = fitStepTime(rows);
    expect(leave_one_out.mean).toBeCloseTo(errors.reduce((sum, each) => sum + each, 0) / errors.length, 9);
    expect(leave_one_out.max).toBeCloseTo(Math.max(...errors), 9);
    expect(leave_one_out.mean).toBeGreaterThan(error.mean);
  });

  test('names what nothing depends on, and what noise hides', () => {
    const step = {
      base_s: 0.02,
      prefill_token_s: 3e-5,
      decode_seq_s: 1e-7,
      decode_context_token_s: 3e-8,
      prefill_attention_s: 0,
    };
    const noisy = rowsOf(step).map((row, i) => ({
      ...row,
      prefill_attention: 0,
      seconds: row.seconds * (1 + 0.05 * Math.sin(i * i)),
    }));
    const { unidentified } = fitStepTime(noisy);
    const reasons = new Map(unidentified.map(({ coefficient, reason }) => [coefficient, reason]));
    expect(reasons.get('prefill_attention_s')).toBe('nothing in the data depends on it');
    expect(reasons.has('decode_seq_s')).toBe(true);
    expect(reasons.has('base_s')).toBe(false);
  });

  test('a batch of one size does not tell its requests from the step', () => {
    const rows = rowsOf({
      base_s: 0.01,
      prefill_token_s: 3e-5,
      decode_seq_s: 2e-5,
      decode_context_token_s: 3e-8,
      prefill_attention_s: 1e-9,
    }).map((row) => ({ ...row, decode_seqs: 8 }));
    const names = fitStepTime(rows).unidentified.map(({ coefficient }) => coefficient);
    expect(names.filter((name) => name === 'base_s' || name === 'decode_seq_s')).toHaveLength(1);
  });

  test('refuses too few rows and rows that took no time', () => {
    const rows = rowsOf({
      base_s: 0.01,
      prefill_token_s: 0,
      decode_seq_s: 0,
      decode_context_token_s: 0,
      prefill_attention_s: 0,
    });
    expect(() => fitStepTime(rows.slice(0, 5))).toThrow('rows must be more than 5, got 5');
    const odd = rows.map((row, i) => (i === 3 ? { ...row, seconds: 0 } : row));
    expect(() => fitStepTime(odd)).toThrow('seconds must be above 0, got 0 in row 3');
  });
});
