import type { SimulationReport } from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import {
  breakdownTable,
  definitions,
  formatQuantity,
  latencyTable,
  linkTable,
  outcomeTable,
  poolTable,
  type TableSpec,
  throughputTable,
} from '../../src/index.ts';
import { named, results } from './reports.ts';

const views = { latencyTable, poolTable, linkTable, breakdownTable, throughputTable, outcomeTable };
const cases = named.flatMap(([name, { report }]) =>
  Object.entries(views).map(([view, of]) => [view, name, of(report)] as const),
);

describe.each(cases)('%s of the %s run', (_, __, table) => {
  test('has a cell for every column and a definition for every heading and name', () => {
    for (const row of table.rows) expect(row).toHaveLength(table.columns.length);
    for (const { key, label, definition } of table.columns) {
      expect(key).toMatch(/^[a-z0-9_]+$/);
      expect(label).not.toBe('');
      expect(definition).toMatch(/^[A-Z].*\.$/);
    }
    expect(new Set(table.columns.map(({ key }) => key)).size).toBe(table.columns.length);
  });

  test('shows every number as its unit says, and a dash where there is none', () => {
    for (const row of table.rows) {
      for (const [at, { value, text }] of row.entries()) {
        expect(text).not.toMatch(/NaN|undefined|null|Infinity|object/);
        const unit = table.columns[at]?.unit;
        if (unit === undefined) continue;
        expect(typeof value === 'number' || value === null).toBe(true);
        expect(text).toBe(formatQuantity(typeof value === 'number' ? value : null, unit));
      }
    }
  });

  test('is plain JSON', () => {
    expect(JSON.parse(JSON.stringify(table))).toEqual(table);
  });
});

function column(table: TableSpec, key: string): (number | string | null)[] {
  const at = table.columns.findIndex((candidate) => candidate.key === key);
  return table.rows.map((row) => row[at]?.value ?? null);
}

const numbers = (values: readonly (number | string | null)[]): number[] => values.map(Number);
const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

describe('latency', () => {
  test('repeats the report', () => {
    const { report } = results.mono;
    expect(column(latencyTable(report), 'metric')).toEqual(['ttft_s', 'tpot_s', 'itl_s', 'e2e_s']);
    expect(column(latencyTable(report), 'p99_s')).toEqual(
      [report.ttft_s, report.tpot_s, report.itl_s, report.e2e_s].map(({ p99 }) => p99),
    );
  });

  test('says what percentiles are worth', () => {
    expect(latencyTable(results.mono.report).notes).toEqual([]);
    expect(latencyTable(results.overloaded.report).notes).toEqual([
      'The run is overloaded: percentiles in the tail depend on how long it is.',
    ]);
    expect(latencyTable(results.histogram.report).notes).toEqual([
      expect.stringMatching(/^Percentiles are read from a histogram and off by at most .* %\.$/),
    ]);
  });

  test('shows a dash for one request, which has no TPOT and no gap', () => {
    const [ttft, tpot, itl] = latencyTable(results.oneRequest.report).rows;
    expect(ttft?.map(({ text }) => text)).toEqual(['TTFT', ...Array(6).fill('13.0 ms')]);
    expect(tpot?.map(({ text }) => text)).toEqual(['TPOT', ...Array(6).fill('–')]);
    expect(itl?.map(({ text }) => text)).toEqual(['ITL', ...Array(6).fill('–')]);
  });
});

describe('breakdown', () => {
  const withSamples = named.filter(([, { report }]) => report.breakdown !== null);

  test.each(withSamples)('of %s: parts sum to TTFT and shares to one', (_, { report }) => {
    const table = breakdownTable(report);
    const means = numbers(column(table, 'mean_s'));
    expect(means.at(-1)).toBeCloseTo(report.ttft_s.mean ?? Number.NaN, 9);
    for (const key of ['mean_s', 'mean_share', 'tail_s', 'tail_share']) {
      const values = numbers(column(table, key));
      expect(sum(values.slice(0, -1))).toBeCloseTo(values.at(-1) ?? Number.NaN, 9);
    }
    expect(numbers(column(table, 'mean_share')).at(-1)).toBe(1);
    expect(numbers(column(table, 'tail_s')).at(-1)).toBeGreaterThanOrEqual(
      report.breakdown?.tail.from_ttft_s ?? 0,
    );
  });

  const parts = (report: SimulationReport) => column(breakdownTable(report), 'part');

  test('leaves out the parts an architecture does not have', () => {
    expect(parts(results.mono.report)).toEqual([
      'prefill_queue_s',
      'prefill_s',
      'first_decode_step_s',
      'ttft_s',
    ]);
    expect(parts(results.disagg.report)).toEqual([
      'prefill_queue_s',
      'prefill_s',
      'decode_queue_s',
      'first_decode_step_s',
      'ttft_s',
    ]);
    expect(parts(results.disaggOverLink.report)).toContain('transfer_s');
    expect(parts(results.stepsDisagg.report)).toEqual(parts(results.disaggOverLink.report));
    // In a batch that prefills and decodes, the first token comes with the end of prefill.
    expect(parts(results.steps.report)).toEqual(['prefill_queue_s', 'prefill_s', 'ttft_s']);
    // An empty decode queue is still one.
    expect(parts(results.oneRequestDisagg.report)).toEqual(parts(results.disagg.report));
  });

  test('is all dashes when nothing was measured', () => {
    const cells = breakdownTable(results.empty.report).rows.flatMap((row) => row.slice(1));
    expect(new Set(cells.map(({ text }) => text))).toEqual(new Set(['–']));
  });
});

describe('pools', () => {
  test('stand in the order of the flow', () => {
    const table = poolTable(results.disagg.report);
    expect(column(table, 'pool')).toEqual(['prefill', 'decode']);
    expect(column(table, 'gpus')).toEqual([1, 3]);
    expect(column(table, 'waiting_p99_s')).toEqual(
      results.disagg.report.pools.map(({ waiting_s }) => waiting_s.p99),
    );
  });
});

describe('pools that batch', () => {
  const keys = (report: SimulationReport) =>
    poolTable(report)
      .columns.map(({ key }) => key)
      .slice(8);

  test('have columns for what they have', () => {
    expect(keys(results.mono.report)).toEqual([]);
    expect(keys(results.steps.report)).toEqual([
      'replicas',
      'mean_batch_size',
      'max_batch_size',
      'engine_steps',
    ]);
    expect(keys(results.stepsTight.report)).toEqual([
      'replicas',
      'mean_batch_size',
      'max_batch_size',
      'mean_kv_use',
      'max_kv_use',
      'preemptions',
      'engine_steps',
      'never_fit',
    ]);
  });

  test('repeat the report, with a dash for a pool of unlimited blocks', () => {
    const { report } = results.stepsDisagg;
    const table = poolTable(report);
    for (const key of ['replicas', 'mean_batch_size', 'max_batch_size', 'engine_steps'] as const) {
      expect(column(table, key)).toEqual(report.pools.map(({ batching }) => batching?.[key]));
    }
    expect(column(table, 'gpus')).toEqual([2, 4]);
    expect(column(table, 'mean_kv_use')).toEqual([null, report.pools[1]?.batching?.mean_kv_use]);
  });
});

describe('throughput', () => {
  test('is also told per GPU and per user', () => {
    const { report } = results.stepsDisagg;
    const table = throughputTable(report);
    const [total] = numbers(column(table, 'total_tokens_per_s'));
    expect(total).toBeCloseTo(report.prompt_tokens_per_s + report.output_tokens_per_s, 9);
    expect(column(table, 'total_tokens_per_s_per_gpu')).toEqual([(total ?? 0) / 6]);
    const [user] = numbers(column(table, 'output_tokens_per_s_per_user'));
    expect((user ?? 0) * (report.tpot_s.mean ?? 0)).toBeCloseTo(1, 12);
  });

  test('counts preempted requests where there are any', () => {
    const keys = (table: TableSpec) => table.columns.map(({ key }) => key);
    expect(keys(throughputTable(results.steps.report))).not.toContain('preempted_requests');
    expect(column(throughputTable(results.stepsTight.report), 'preempted_requests')).toEqual([
      results.stepsTight.report.preempted_requests,
    ]);
    expect(results.stepsTight.report.preempted_requests).toBeGreaterThan(0);
  });

  test('has goodput only with an SLO', () => {
    const keys = (table: TableSpec) => table.columns.map(({ key }) => key);
    expect(keys(throughputTable(results.mono.report))).toContain('goodput_rps');
    expect(keys(throughputTable(results.noSlo.report))).not.toContain('goodput_rps');
    expect(column(throughputTable(results.mono.report), 'goodput_rps')).toEqual([
      results.mono.report.slo?.goodput_rps,
    ]);
  });
});

describe('outcomes', () => {
  test.each(named)('of %s: sum to the arrivals', (_, { report }) => {
    const requests = numbers(column(outcomeTable(report), 'requests'));
    expect(requests.at(-1)).toBe(report.outcomes.arrivals);
    expect(sum(requests.slice(0, -1))).toBe(report.outcomes.arrivals);
  });
});

test('every definition is one sentence under a short label', () => {
  for (const { label, definition } of Object.values(definitions)) {
    expect(label.length).toBeLessThanOrEqual(20);
    expect(definition).toMatch(/^[A-Z][^.]*\.$/);
  }
});
