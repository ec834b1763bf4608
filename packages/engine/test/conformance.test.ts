/** The token-rate conformance cases: instants of every request and the summary of the window. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { disaggregated, monolithic, type PoolReport, simulate } from '../src/index.ts';

interface Case {
  readonly name: string;
  readonly mode: 'mono' | 'disagg';
  readonly model: string;
  readonly sim_seconds: number;
  readonly warmup_seconds: number;
  readonly cluster: {
    readonly num_gpus: number;
    readonly prefill_gpus: number;
    readonly decode_gpus: number;
    readonly prefill_tokens_per_s: number;
    readonly decode_tokens_per_s: number;
  };
  readonly requests: ReadonlyArray<readonly [number, number, number]>;
  readonly expected_columns: ReadonlyArray<InstantColumn>;
  readonly expected: ReadonlyArray<ReadonlyArray<number | null>>;
  readonly summary: Readonly<Record<string, number>>;
}
type InstantColumn = 'prefill_start_s' | 'prefill_end_s' | 'decode_start_s' | 'first_token_s' | 'completed_s';

const shared = fileURLToPath(new URL('../../../../shared/conformance/', import.meta.url));
const folder = existsSync(shared) ? shared : fileURLToPath(new URL('./conformance/', import.meta.url));
const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file): Case => JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')))
  .filter(({ model }) => model === 'token_rate');

/** 1e-9 absolute or relative, whichever is larger. */
function expectClose(actual: number, expected: number, what: string): void {
  const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
  expect(Math.abs(actual - expected), `${what}: ${actual} against ${expected}`).toBeLessThanOrEqual(
    tolerance,
  );
}

function simulateCase({ mode, cluster, requests, sim_seconds, warmup_seconds }: Case) {
  return simulate({
    sim_seconds,
    warmup_seconds,
    keep_requests: true,
    workload: {
      kind: 'replay',
      arrival_s: requests.map(([arrival]) => arrival),
      prompt_tokens: requests.map(([, prompt]) => prompt),
      output_tokens: requests.map(([, , output]) => output),
    },
    architecture: mode === 'mono' ? monolithic(cluster) : disaggregated(cluster),
  });
}

describe('token-rate conformance', () => {
  it('finds the six cases', () => expect(cases).toHaveLength(6));

  for (const example of cases) {
    it(`${example.name}: every instant of every request`, () => {
      const { requests } = simulateCase(example);
      if (requests === null) throw new Error('the run kept no requests');
      expect(requests.length).toBe(example.requests.length);
      let compared = 0;
      for (const [id, row] of example.expected.entries()) {
        for (const [column, name] of example.expected_columns.entries()) {
          const expected = row[column] ?? Number.NaN;
          const actual = requests[name][id] ?? Number.NaN;
          if (Number.isNaN(expected)) expect(actual, `${name} of ${id}`).toBeNaN();
          else expectClose(actual, expected, `${name} of ${id}`);
          compared++;
        }
      }
      expect(compared).toBe(5 * example.requests.length);
    });

    it(`${example.name}: the summary`, () => {
      const { report } = simulateCase(example);
      const pool = (name: string): PoolReport => {
        const found = report.pools.find((candidate) => candidate.name === name);
        if (found === undefined) throw new Error(`no pool ${name}`);
        return found;
      };
      for (const [key, expected] of Object.entries(example.summary)) {
        const [, metric, name] = /^(utilization|mean_queue_length)_(.*)$/.exec(key) ?? [];
        const [, statistic] = /^(mean|p50|p90|p99)_ttft_s$/.exec(key) ?? [];
        if (metric === 'utilization') expectClose(pool(name ?? '').utilization, Math.min(expected, 1), key);
        else if (metric !== undefined) expectClose(pool(name ?? '').mean_queue_length, expected, key);
        else if (statistic !== undefined) {
          expectClose(report.ttft_s[statistic as 'mean'] ?? Number.NaN, expected, key);
        } else if (key === 'num_samples') expect(report.ttft_s.count).toBe(expected);
        else if (key === 'completed_requests') expect(report.completed_in_window).toBe(expected);
        else if (key === 'throughput_rps') expectClose(report.throughput_rps, expected, key);
        else throw new Error(`nothing is known of ${key}`);
      }
    });
  }
});
