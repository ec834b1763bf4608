/** Every number of the report, computed again from the request log in the plainest way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Summary } from '../../src/index.ts';
import { deviation, expectClose, mean, percentile, sum } from '../support/numbers.ts';
import { anyScenario, drainedScenario, gpusOf, runScenario, type Scenario } from '../support/plans.ts';
import { overlap, type Row, rowsOf, visitsOf } from '../support/rows.ts';
import { runWatched } from '../support/watch.ts';

function expectSummary(summary: Summary, values: readonly number[], what: string): void {
  expect(summary.count, what).toBe(values.length);
  if (values.length === 0) {
    expect(summary).toEqual({
      count: 0,
      mean: null,
      std: null,
      min: null,
      max: null,
      p50: null,
      p90: null,
      p95: null,
      p99: null,
    });
    return;
  }
  expectClose(summary.mean, mean(values), `mean ${what}`);
  expectClose(summary.std, deviation(values), `std ${what}`, 1e-7);
  expect(summary.min, what).toBe(Math.min(...values));
  expect(summary.max, what).toBe(Math.max(...values));
  for (const p of [50, 90, 95, 99] as const)
    expectClose(summary[`p${p}`], percentile(values, p / 100), `p${p} ${what}`, 1e-12);
}

/** Requests whose first token falls in the window. */
const sampled = (rows: readonly Row[], from: number): Row[] =>
  rows.filter(({ first_token_s }) => first_token_s >= from);
/** Requests completed in the window. */
const done = (rows: readonly Row[], from: number): Row[] =>
  rows.filter(({ completed_s }) => completed_s >= from);

function run(scenario: Scenario) {
  const result = runScenario(scenario);
  // A drained run may end before its warm-up: then the window is empty, and nothing lies in it.
  return {
    result,
    report: result.report,
    rows: rowsOf(result),
    from: scenario.warmup_seconds,
    to: result.report.end_s,
  };
}

describe('latencies of the report', () => {
  it('TTFT: over the requests whose first token falls in the window', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { result, report, rows, from } = run(scenario);
        const values = sampled(rows, from).map((row) => row.first_token_s - row.arrival_s);
        expectSummary(report.ttft_s, values, 'TTFT');
        expect([...(result.ttft_s ?? [])].sort((a, b) => a - b)).toEqual(values.sort((a, b) => a - b));
      }),
      { numRuns: 300 },
    );
  });

  it('E2E and TPOT: over the requests completed in the window, TPOT where there is a second token', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { report, rows, from } = run(scenario);
        const finished = done(rows, from);
        expectSummary(
          report.e2e_s,
          finished.map((row) => row.completed_s - row.arrival_s),
          'E2E',
        );
        const many = finished.filter(({ output_tokens }) => output_tokens > 1);
        expectSummary(
          report.tpot_s,
          many.map((row) => (row.completed_s - row.first_token_s) / (row.output_tokens - 1)),
          'TPOT',
        );
      }),
      { numRuns: 300 },
    );
  });

  it('ITL: over every gap whose later token falls in the window, of whatever request', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { report, rows, from, to } = run(scenario);
        const gap_s = 1 / scenario.cluster.decode_tokens_per_s;
        let gaps = 0;
        for (const { first_token_s, output_tokens, outcome } of rows) {
          for (let token = 1; token < output_tokens; token++) {
            const at = first_token_s + token * gap_s;
            if (at >= from && (at < to || outcome === 'completed')) gaps++;
          }
        }
        expect(report.itl_s.count).toBe(gaps);
        if (gaps === 0) return;
        for (const p of ['mean', 'min', 'p50', 'p99', 'max'] as const)
          expectClose(report.itl_s[p], gap_s, `${p} ITL`);
      }),
      { numRuns: 300 },
    );
  });

  it('waiting and service time of each pool: over the requests of the TTFT sample', () => {
    fc.assert(
      fc.property(drainedScenario, fc.constantFrom(0, 1, 5), (given, warmup_seconds) => {
        const { report, rows, from } = run({ ...given, warmup_seconds });
        const ids = new Set(sampled(rows, from).map(({ id }) => id));
        for (const [name, visits] of visitsOf(rows, given.cluster.mode, given.cluster.link)) {
          const pool = report.pools.find((candidate) => candidate.name === name);
          if (pool === undefined) throw new Error(`no pool ${name}`);
          const counted = visits.filter(({ id }) => ids.has(id));
          expectSummary(
            pool.waiting_s,
            counted.map(({ queued_s, start_s }) => start_s - queued_s),
            `waiting ${name}`,
          );
          expectSummary(
            pool.service_s,
            counted.map(({ start_s, end_s }) => end_s - start_s),
            `service ${name}`,
          );
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('rates of the report', () => {
  it('throughput: completions in the window, and their tokens, per second', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { report, rows, from, to } = run(scenario);
        const finished = done(rows, from);
        expect(report.completed_in_window).toBe(finished.length);
        const per = (count: number): number => (to > from ? count / (to - from) : 0);
        expect(report.throughput_rps).toBe(per(finished.length));
        expect(report.prompt_tokens_per_s).toBe(per(sum(finished.map((row) => row.prompt_tokens))));
        expect(report.output_tokens_per_s).toBe(per(sum(finished.map((row) => row.output_tokens))));
      }),
      { numRuns: 200 },
    );
  });

  it('utilisation and mean queue length: what of each service and each wait lies in the window', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { report, rows, from, to } = run(scenario);
        if (!(to > from)) return;
        for (const [name, visits] of visitsOf(rows, scenario.cluster.mode, scenario.cluster.link)) {
          const pool = report.pools.find((candidate) => candidate.name === name);
          const gpus = gpusOf(scenario.cluster, name);
          const busy = sum(visits.map((visit) => overlap(visit.start_s, visit.end_s, from, to)));
          const waiting = sum(visits.map((visit) => overlap(visit.queued_s, visit.start_s, from, to)));
          expectClose(pool?.utilization ?? null, busy / (gpus * (to - from)), `utilisation of ${name}`);
          expectClose(pool?.mean_queue_length ?? null, waiting / (to - from), `queue of ${name}`);
          expect(pool?.utilization).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('the longest queue: the most that waited at once for a time within the window', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { result, seen } = runWatched(scenario);
        const [from, to] = result.report.window_s;
        if (!(to > from)) return;
        for (const { name, max_queue_length } of result.report.pools) {
          const states = seen.poolStates.filter(({ pool }) => pool === name);
          const atOpening = states.findLast(({ time_s }) => time_s < from)?.waiting ?? 0;
          const lasting = states.filter(({ time_s }, k) => time_s !== states[k + 1]?.time_s);
          // A cancelled run ends with what happened last: that did not last either.
          const inside = lasting.filter(({ time_s }) => time_s >= from && time_s < to);
          expect(max_queue_length, name).toBe(Math.max(atOpening, ...inside.map(({ waiting }) => waiting)));
        }
      }),
      { numRuns: 200 },
    );
  });

  it('timelines: each bin is the mean over its time, and together they make the mean of the window', () => {
    fc.assert(
      fc.property(anyScenario, (given) => {
        const { report, rows, to } = run({ ...given, warmup_seconds: 0 });
        if (!(to > 0)) return;
        const all = visitsOf(rows, given.cluster.mode, given.cluster.link);
        for (const { name, gpus, timeline, mean_queue_length, utilization } of report.pools) {
          const { bin_s, waiting, busy } = timeline;
          const visits = all.get(name) ?? [];
          const length = (bin: number): number => Math.min(bin_s, to - bin * bin_s);
          for (const bin of waiting.keys()) {
            const [a, b] = [bin * bin_s, bin * bin_s + length(bin)];
            const inBin = (start: 'queued_s' | 'start_s', end: 'start_s' | 'end_s'): number =>
              sum(visits.map((visit) => overlap(visit[start], visit[end], a, b))) / (b - a);
            if (b - a < 1e-6) continue;
            expectClose(waiting[bin] ?? null, inBin('queued_s', 'start_s'), `waiting in bin ${bin}`, 1e-6);
            expectClose(busy[bin] ?? null, inBin('start_s', 'end_s'), `busy in bin ${bin}`, 1e-6);
          }
          expect(waiting.length * bin_s).toBeGreaterThanOrEqual(to * (1 - 1e-12));
          const weighted = (levels: readonly number[]): number =>
            sum(levels.map((level, bin) => level * length(bin))) / to;
          expectClose(weighted(waiting), mean_queue_length, `waiting of ${name}`);
          expectClose(weighted(busy), utilization * gpus, `busy of ${name}`);
        }
      }),
      { numRuns: 40 },
    );
  });
});
