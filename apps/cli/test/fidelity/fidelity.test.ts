/** How near simulated runs come to measured ones. The bounds are those of the page about it, with little room. */
import { describe, expect, it } from 'vitest';
import { llama70b, qwen32b, withReservedAnswers } from './benchmark-runs.ts';
import { compare, GROUPS, HALF, replay, stepTimes } from './served-run.ts';

function within(simulated: number, measured: number, share: number): void {
  expect(Math.abs(simulated / measured - 1)).toBeLessThan(share);
}

describe('300 requests of a vLLM server', () => {
  it('fitted to the first half: the second half is right, request by request', () => {
    const run = replay(stepTimes.firstHalf());
    const second = (id: number): boolean => id >= HALF;
    for (const quantity of ['tpot_s', 'e2e_s', 'queue_s', 'ttft_s'] as const) {
      const { measured, simulated, request_errors } = compare(run, quantity, second);
      within(simulated.mean, measured.mean, 0.01);
      within(simulated.p99, measured.p99, 0.01);
      for (const error of request_errors) expect(Math.abs(error)).toBeLessThan(0.025);
    }
    within(run.simulated_span_s, run.measured_span_s, 0.01);
  });

  it('fitted to the second half: light load is right within a twelfth', () => {
    const run = replay(stepTimes.secondHalf());
    const tpot = compare(run, 'tpot_s', GROUPS.light);
    within(tpot.simulated.mean, tpot.measured.mean, 0.01);
    for (const quantity of ['ttft_s', 'first_token_part_s', 'queue_s'] as const) {
      const { measured, simulated } = compare(run, quantity, GROUPS.light);
      within(simulated.mean, measured.mean, 1 / 12);
    }
  });

  it.each(['light', 'overload'] as const)(
    '%s: scheduled as it begins, a first token lacks a step',
    (load) => {
      const times = load === 'light' ? stepTimes.secondHalf() : stepTimes.firstHalf();
      const { measured, simulated } = compare(replay(times, false), 'first_token_part_s', GROUPS[load]);
      const ahead = compare(replay(times), 'first_token_part_s', GROUPS[load]);
      const step_s = compare(replay(times), 'tpot_s', GROUPS[load]).measured.mean;
      const steps = (measured.mean - simulated.mean) / step_s;
      expect(steps).toBeGreaterThan(0.8);
      expect(steps).toBeLessThan(2);
      within(ahead.simulated.mean, measured.mean, 1 / 8);
    },
  );

  it('from the preset: a tenth too fast, and in overload a quarter', () => {
    const run = replay(stepTimes.preset());
    const tpot = compare(run, 'tpot_s', GROUPS.light);
    within(tpot.simulated.mean, tpot.measured.mean, 0.13);
    const queue = compare(run, 'queue_s', GROUPS.overload);
    within(queue.simulated.mean, queue.measured.mean, 0.3);
    expect(queue.simulated.mean).toBeLessThan(queue.measured.mean);
  });
});

describe('benchmarks of Llama 70B', () => {
  const runs = llama70b();
  const presets = runs.filter(({ origin }) => origin === 'preset');
  const roomy = presets.filter(({ max_kv_use, row }) => max_kv_use < 0.99 && row.ttft_s < 5);

  it('has TPOT within 12 %, 3 % on average, where step times were measured', () => {
    expect(roomy.length).toBeGreaterThan(70);
    const errors = roomy.map(({ tpot_s, row }) => Math.abs(tpot_s / row.tpot_s - 1));
    expect(Math.max(...errors)).toBeLessThan(0.12);
    expect(errors.reduce((sum, error) => sum + error, 0) / errors.length).toBeLessThan(0.03);
  });

  it('has no TTFT above the measured one, and lacks the twenty steps that prompts were made to wait', () => {
    for (const { ttft_s, row } of roomy) expect(ttft_s).toBeLessThan(row.ttft_s);
    const waiting = roomy.filter(
      ({ row }) =>
        row.engine === 'trtllm' && row.input_tokens + row.output_tokens === 2048 && row.concurrency <= 16,
    );
    expect(waiting.length).toBeGreaterThan(5);
    for (const { ttft_s, row } of waiting) {
      const steps = (row.ttft_s - ttft_s) / row.tpot_s;
      expect(steps).toBeGreaterThan(17);
      expect(steps).toBeLessThan(26);
    }
  });

  it('queues where the engine did, once whole answers are reserved', () => {
    const full = presets.filter(({ row, max_kv_use }) => row.engine === 'trtllm' && max_kv_use >= 0.99);
    expect(full.map(({ row }) => row.concurrency).sort()).toEqual([128, 128, 64, 64]);
    for (const run of full) {
      expect(run.row.ttft_s).toBeGreaterThan(5);
      // One of these rows is 23 % off, the others at most 11 %.
      within(withReservedAnswers(run).ttft_s, run.row.ttft_s, 0.25);
    }
  });

  it('estimates are too fast: a bound, not a prediction', () => {
    const errors = runs.flatMap(({ origin, tpot_s, row }) =>
      origin === 'estimate' ? [tpot_s / row.tpot_s - 1] : [],
    );
    expect(errors.length).toBeGreaterThan(80);
    for (const error of errors) expect(error).toBeLessThan(0);
  });
});

describe('benchmarks of Qwen3 32B', () => {
  it('has TPOT within 11 % for the presets of vLLM', () => {
    const runs = qwen32b().filter(({ row, origin }) => origin === 'preset' && row.engine === 'vllm');
    expect(runs.length).toBe(60);
    for (const { tpot_s, row } of runs) within(tpot_s, row.tpot_s, 0.11);
  });
});
