/** A reading is the number that stands in the report under its key, with words of the glossary. */
import type { SimulationReport } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { definitions, findReading, POOL_READING_KEYS, readings } from '../src/index.ts';
import { named, results } from './views/reports.ts';

/** What a plain walk along the key finds. */
function at(report: SimulationReport, key: string): unknown {
  return key.split('.').reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value.find(({ name }) => name === step);
    return value !== null && typeof value === 'object' ? Reflect.get(value, step) : null;
  }, report);
}

describe.each(named)('readings of %s', (_, { report }) => {
  it('are finite or null', () => {
    for (const { key, read } of readings) {
      const value = read(report);
      if (value !== null) expect(value, key).toSatisfy(Number.isFinite);
    }
  });

  it('stand in the report under their key, as far as the report has it', () => {
    const found = readings.filter(({ key }) => at(report, key) !== undefined);
    for (const { key, read } of found) expect(read(report), key).toBe(at(report, key));
    // All latencies, the rates without those of the SLO, and the parts of TTFT.
    if (report.breakdown !== null) expect(found.length).toBe(24 + 6 + 12);
  });

  it('of pools stand under the name of the pool', () => {
    for (const { name } of report.pools)
      for (const of of POOL_READING_KEYS) {
        const key = `pools.${name}.${of}`;
        expect(findReading(key)?.read(report), key).toBe(at(report, key));
      }
  });
});

describe('findReading', () => {
  it('finds every reading by its key', () => {
    for (const reading of readings) expect(findReading(reading.key)).toBe(reading);
    expect(new Set(readings.map(({ key }) => key)).size).toBe(readings.length);
  });

  it.each(['', 'ttft', 'ttft_s', 'pools.mono', 'pools.mono.gpus', 'pools.a.toString', 'constructor'])(
    'knows no reading %j',
    (key) => expect(findReading(key)).toBeUndefined(),
  );

  it('gives null for a pool that the run does not have', () => {
    expect(findReading('pools.decode.utilization')?.read(results.mono.report)).toBeNull();
  });
});

describe('readings over pools', () => {
  const { report } = results.disagg;
  const [prefill, decode] = report.pools;

  it('take the busiest, and add queues up', () => {
    expect(findReading('utilization')?.read(report)).toBe(
      Math.max(prefill?.utilization ?? 0, decode?.utilization ?? 0),
    );
    expect(findReading('mean_queue_length')?.read(report)).toBe(
      (prefill?.mean_queue_length ?? 0) + (decode?.mean_queue_length ?? 0),
    );
  });

  it('count preemptions only where requests are batched', () => {
    expect(findReading('preemptions')?.read(report)).toBeNull();
    expect(findReading('preemptions')?.read(results.stepsTight.report)).toBeGreaterThan(0);
  });

  it('have goodput only with an SLO', () => {
    expect(findReading('goodput_rps')?.read(results.noSlo.report)).toBeNull();
    expect(findReading('goodput_rps')?.read(report)).toBe(report.slo?.goodput_rps);
  });

  it('carry the words of the glossary', () => {
    expect(findReading('ttft_s.p99')).toMatchObject({ label: 'p99 TTFT', unit: 's', better: 'lower' });
    expect(findReading('goodput_rps')).toMatchObject({ ...definitions.goodput_rps, better: 'higher' });
    expect(findReading('pools.decode.waiting_s.p99')?.label).toBe('p99 wait, decode pool');
  });
});
