/** Splits of a number of GPUs: all of them, the best by the formula, the same whatever finishes first. */
import { describe, expect, it } from 'vitest';
import { compareSplits, splitsOf } from '../../src/planning/splits.ts';
import { findReading } from '../../src/readings.ts';
import type { Runner } from '../../src/running/runner.ts';
import { splitDocument } from '../../src/views/split-document.ts';
import { expectOwnIds } from '../views/parts.ts';
import { type Attainment, kindOf, type MadeUpCell, madeUpRunner, questionOf } from './made-up.ts';

const kind = kindOf('disagg', [{}, {}]);
const reading = findReading('attainment');
if (reading === undefined) throw new Error('attainment is a reading');

/** Best where both pools have the same load: prefill serves 2 a second, decode 1. */
const attainment: Attainment = ({ candidate, rate_per_s, seed }) => {
  const [prefill = 1, decode = 1] = candidate?.servers ?? [];
  const load = rate_per_s / Math.min(2 * prefill, decode);
  return Math.max(0, 1 - load ** 4) * (1 - seed / 1e6);
};

const { cellOf } = questionOf([kind], { rate_per_s: 1, max_gpus: 12 });
const question = {
  splits: splitsOf(kind, 12),
  rates_per_s: [2, 4, 6],
  reading,
  attain: 0.9,
  seeds: [1, 2, 3],
  cellOf,
};

describe('splits', () => {
  it('are all there are', () => {
    expect(splitsOf(kind, 12).map(({ servers }) => servers[0])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11]);
    // Prefill servers of 2 GPUs beside decode servers of 4.
    const wide = kindOf('wide', [{ gpus: 2 }, { gpus: 4 }]);
    expect(splitsOf(wide, 12).map(({ servers }) => servers)).toEqual([
      [2, 2],
      [4, 1],
    ]);
    expect(splitsOf(kindOf('mono', [{}]), 12)).toEqual([]);
    expect(splitsOf(kind, 1)).toEqual([]);
  });

  it('are ranked by the formula at every rate', async () => {
    const report = await compareSplits(question, madeUpRunner(attainment));
    expect(report.runs).toBe(11 * 3 * 3);
    for (const rate of question.rates_per_s) {
      const best = report.results.filter((result) => result.rate_per_s === rate && result.best);
      expect(best.map(({ candidate }) => candidate.servers)).toEqual([[4, 8]]);
    }
    // 1 − (4/8)⁴ ≥ 0.9, and 1 − (6/8)⁴ is not.
    expect(report.best).toMatchObject({ rate_per_s: 4, reason: null });
    const late = report.results.find(
      ({ candidate, rate_per_s }) => rate_per_s === 6 && candidate.servers[0] === 4,
    );
    expect(late?.reason).toBe('ttft');
    const document = splitDocument(report, { gpus: 12, origin: [] });
    expectOwnIds(document);
    const { answer, charts } = document;
    expect(answer[0]).toMatchObject({ met: true });
    expect(answer[0]?.text).toMatch(/^4 pool 0 \+ 8 pool 1 GPUs meet the SLOs .* up to 4\.00 req\/s/);
    const [heatmap] = charts;
    if (heatmap?.kind !== 'heatmap') throw new Error('no heatmap');
    expect(heatmap.cells.map((row) => row.filter(({ mark }) => mark === 'best').length)).toEqual(
      question.splits.map(({ servers }) => (servers[0] === 4 ? 3 : 0)),
    );
  });

  it('are judged where every run had a request to judge, and say the same in heatmap and tables', async () => {
    const plain = madeUpRunner(attainment);
    // At 2 a second the window of one run saw nobody; at 6 one split is overloaded.
    const runner: Runner<MadeUpCell> = {
      concurrency: 1,
      async run(cell, signal) {
        const report = await plain.run(cell, signal);
        const nobody = { attainment: null, ttft_attainment: null, tpot_attainment: null };
        if (report.slo !== null && cell.rate_per_s === 2 && cell.seed === 1) {
          return { ...report, slo: { ...report.slo, ...nobody } };
        }
        const overloaded = cell.rate_per_s === 4 && cell.candidate?.servers[0] === 4;
        return overloaded ? { ...report, verdict: { ...report.verdict, state: 'overloaded' } } : report;
      },
    };
    const ttft = findReading('ttft_s.p99');
    if (ttft === undefined) throw new Error('p99 TTFT is a reading');
    for (const compared of [reading, ttft]) {
      const report = await compareSplits({ ...question, reading: compared }, runner);
      const at = (rate: number) => report.results.filter(({ rate_per_s }) => rate_per_s === rate);
      expect(at(2).every(({ passes, reason }) => passes === null && reason === null)).toBe(true);
      // It attains enough, as long as the run is no longer; a plan refuses it as well.
      expect(at(4).find(({ candidate }) => candidate.servers[0] === 4)).toMatchObject({
        passes: false,
        reason: 'overloaded',
      });
      const { answer, charts, tables } = splitDocument(report, { gpus: 12, origin: [] });
      expect(answer.some(({ met }) => met === true)).toBe(false);
      expect(answer.map(({ text }) => text)).toContain(
        'At 2.00 req/s nothing is judged by the SLOs: in one run at least no request arrived in the measurement window.',
      );
      const [heatmap] = charts;
      if (heatmap?.kind !== 'heatmap') throw new Error('no heatmap');
      const marks = heatmap.cells.map((row) => row[0]?.mark);
      expect(marks.every((mark) => mark === undefined || mark === 'best')).toBe(true);
      const words = tables.flatMap(({ columns, rows }) =>
        rows.map((row) => row[columns.findIndex(({ key }) => key === 'reason')]?.text),
      );
      expect(words.includes('not judged')).toBe(compared === ttft);
    }
  });

  it('tell what the end of the run cut off', async () => {
    const plain = madeUpRunner(attainment);
    const runner: Runner<MadeUpCell> = {
      concurrency: 1,
      async run(cell, signal) {
        const report = await plain.run(cell, signal);
        const { outcomes } = report;
        return { ...report, outcomes: { ...outcomes, completed: 0, in_flight: outcomes.arrivals } };
      },
    };
    const report = await compareSplits({ ...question, attain: 0.999 }, runner);
    const [first, second] = splitDocument(report, { gpus: 12, origin: [] }).answer;
    expect(first?.text).toMatch(/: most of the others had not finished when the run ended\.$/);
    expect(second?.text).toMatch(
      /^100 % of the requests had not finished when the run ended, .* sim_seconds/,
    );
  });

  it('do not depend on what finishes first', async () => {
    const plain = madeUpRunner(attainment);
    const shuffled: Runner<MadeUpCell> = {
      concurrency: 5,
      async run(cell, signal) {
        for (let turn = 0; turn < (cell.seed * 7 + (cell.candidate?.servers[0] ?? 0) * 3) % 11; turn++)
          await null;
        return plain.run(cell, signal);
      },
    };
    expect(await compareSplits(question, shuffled)).toEqual(await compareSplits(question, plain));
  });

  it('keep what was done when stopped', async () => {
    const controller = new AbortController();
    let runs = 0;
    const onRun = (): void => {
      if (++runs === 10) controller.abort();
    };
    const { finished, results } = await compareSplits(
      question,
      { ...madeUpRunner(attainment), concurrency: 1 },
      {
        signal: controller.signal,
        onRun,
      },
    );
    expect(finished).toBe(false);
    // Three seeds to each of the first three splits.
    expect(results).toHaveLength(3);
  });
});
