import { simulate } from '@llmsim/engine';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConfig, checkSize, compile, estimate } from '../src/index.ts';
import { tokenRateScenario } from './arbitrary.ts';
import { configOf } from './loading.ts';

const overloaded =
  'sim_seconds: 100\nwarmup_seconds: 0\narrival: {rate_per_s: 40}\ncluster_mono: {num_gpus: 4}\n';

describe('estimate', () => {
  it('foresees requests and backlog of a run within a few percent', () => {
    const config = configOf(overloaded);
    const compiled = compile(config);
    if (!compiled.ok) throw new Error('does not compile');
    const { outcomes } = simulate(compiled.plan).report;
    const { requests, backlog } = estimate(config);
    expect(Math.abs(outcomes.arrivals / requests - 1)).toBeLessThan(0.1);
    expect(Math.abs(outcomes.in_flight / backlog - 1)).toBeLessThan(0.1);
  });

  it('sees no backlog when the work fits', () => {
    expect(estimate(configOf('mode: disagg')).backlog).toBe(0);
  });

  it('is finite, and never has more waiting than arrived', () => {
    fc.assert(
      fc.property(tokenRateScenario, (input) => {
        const checked = checkConfig(input);
        if (!checked.ok) throw new Error('not valid');
        const { requests, backlog, bytes } = estimate(checked.config);
        expect(backlog).toBeGreaterThanOrEqual(0);
        expect(backlog).toBeLessThanOrEqual(requests);
        expect(Number.isFinite(bytes)).toBe(true);
      }),
    );
  });

  it('stays a number at the largest rate and the longest run', () => {
    const config = configOf(
      'sim_seconds: 1e15\narrival: {rate_per_s: 1e15}\nprompt_tokens: {mean: 18, sigma: 0}',
    );
    expect(estimate(config).bytes).toBeGreaterThan(1e30);
    expect(checkSize(config, 1e9)?.message).toMatch(/^about 1e30 requests would need \d[\de+]* EB/);
  });

  it('counts exact samples, kept rows and requests in the system', () => {
    const exact = estimate(configOf('sim_seconds: 1000'), { keep_requests: true });
    expect(exact.bytes_by_use).toEqual({
      exact_quantiles: 2000 * 72,
      request_rows: 2000 * 57,
      requests_in_system: 0,
    });
    expect(estimate(configOf('sim_seconds: 1000\nquantiles: histogram')).bytes).toBe(0);
    expect(estimate(configOf('arrival: {rate_per_s: 9, max_requests: 50}')).requests).toBe(50);
  });

  it('counts the requests of clients that wait, which leave no backlog', () => {
    const text =
      'arrival: {process: closed_loop, concurrency: 9, max_requests: 70}\ncluster_mono: {num_gpus: 1}\n';
    expect(estimate(configOf(text))).toMatchObject({ requests: 70, backlog: 0 });
    expect(estimate(configOf(`${text}prompt_tokens: {mode: uniform, min: 1, max: 9}\n`)).bytes).toBe(70 * 72);
  });

  it('counts the rows of a trace that arrive before the end', () => {
    const trace = {
      kind: 'replay',
      arrival_s: [0, 10, 70],
      prompt_tokens: [1, 1, 1],
      output_tokens: [1, 1, 1],
    } as const;
    expect(estimate(configOf('trace: {path: a.csv}'), { trace }).requests).toBe(3);
    expect(estimate(configOf('trace: {path: a.csv}\nsim_seconds: 70'), { trace }).requests).toBe(2);
  });
});

describe('checkSize', () => {
  it('lets a run pass that fits exactly, and stops the next larger one', () => {
    const config = configOf('sim_seconds: 1000');
    expect(checkSize(config, 2000 * 72)).toBeNull();
    expect(checkSize(config, 2000 * 72 - 1)).not.toBeNull();
  });

  it('names what takes the memory, and a way out that works', () => {
    const text = 'arrival: {rate_per_s: 1e6}\ncluster_mono: {num_gpus: 1000000}\n';
    expect(checkSize(configOf(text), 4e9)).toMatchObject({
      path: 'arrival.rate_per_s',
      message:
        'about 6e8 requests would need 43 GB of memory, 43 GB of it for exact quantiles; 4 GB is available',
      fix: 'To fit, lower arrival.rate_per_s or sim_seconds, or write quantiles: histogram.',
    });
    expect(checkSize(configOf(`${text}quantiles: histogram\n`), 4e9)).toBeNull();
  });

  it('names the queue when it only grows', () => {
    expect(checkSize(configOf('arrival: {rate_per_s: 1e9}'), 4e9)?.fix).toContain('add GPUs');
  });
});
