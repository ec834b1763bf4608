/** A sweep as charts, tables and sentences: each says what the report says. */
import { beforeAll, expect, it } from 'vitest';
import {
  inProcess,
  type SweepReport,
  sweep,
  sweepCharts,
  sweepDocument,
  sweepLimits,
  sweepPoints,
} from '../../src/index.ts';
import { expectOwnIds } from '../views/parts.ts';
import { mmcPlan, rateSweep, reading } from './mmc-sweep.ts';

let report: SweepReport;
beforeAll(async () => {
  const question = rateSweep([2, 3, 4, 5, 6, 10, 12], [1, 2, 3]);
  const theoryOf = ([step = 0]: readonly number[]): number | null => (step < 2 ? 0.1 : null);
  const metrics = [reading('e2e_s.mean'), reading('ttft_s.p99')];
  report = await sweep(
    { ...question, metrics, theoryOf },
    { runner: inProcess((cell) => mmcPlan(cell, 300)) },
  );
});

it('draws each metric with its intervals, overload hollow, theory dashed, the SLO and the limits across', () => {
  const [mean, p99] = sweepCharts(report, { ttft_s: 0.6 });
  const points = report.lines[0]?.points.filter(({ state }) => state === 'done') ?? [];
  const [runs, theory] = mean?.series ?? [];
  expect(runs?.points).toEqual(points.map(({ values, metrics }) => [values[0], metrics['e2e_s.mean']?.mean]));
  expect(runs?.band?.[0]).toEqual([
    2,
    points[0]?.metrics['e2e_s.mean']?.low,
    points[0]?.metrics['e2e_s.mean']?.high,
  ]);
  expect(runs?.hollow).toEqual([false, false, false, false, false, true]);
  expect(theory).toMatchObject({
    dashed: true,
    points: [
      [2, 0.1],
      [3, 0.1],
    ],
  });
  expect(p99?.lines[0]).toEqual({ label: 'SLO 600 ms', y: 0.6 });
  expect(p99?.lines.slice(1).map(({ label }) => label.replace(/[\d.]+/, 'N'))).toEqual([
    'knee N req/s',
    'SLO up to N req/s',
  ]);
  expect(p99?.y.scale).toBe('log');
});

it('lists what ran, with its intervals and states', () => {
  const { rows, columns, notes } = sweepPoints(report);
  expect(columns.map(({ key }) => key)).toEqual(['arrival.rate_per_s', 'e2e_s.mean', 'ttft_s.p99', 'state']);
  expect(rows.map((row) => row.at(-1)?.text)).toEqual(['ok', 'ok', 'ok', 'ok', 'ok', 'overloaded']);
  expect(rows[0]?.[1]?.text).toMatch(/^[\d.]+ ± [\d.]+ m?s$/);
  expect(notes[1]).toBe('1 of 7 points lie beyond an overloaded one and were left out.');
  expect(sweepLimits(report).rows[0]?.map(({ text }) => text.replace(/[\d.]+/g, 'N'))).toEqual([
    'all',
    'N req/s',
    'N ± N req/s',
  ]);
});

it('says where requests were rejected', () => {
  const [first, second, ...others] = report.lines[0]?.points ?? [];
  if (first === undefined || second === undefined) throw new Error('points are missing');
  const points = [
    { ...first, rejected_share: 0.25 },
    { ...second, overloaded: true, rejected_share: 1 },
    ...others,
  ];
  const lines = report.lines.map((line) => ({ ...line, points }));
  const { rows, notes } = sweepPoints({ ...report, lines });
  expect(rows.map((row) => row.at(-1)?.text).slice(0, 3)).toEqual([
    '25.0 % rejected',
    'overloaded, 100 % rejected',
    'ok',
  ]);
  expect(notes.at(-1)).toBe('Where requests were rejected, latencies are those of the others.');
  expect(sweepPoints(report).notes.join()).not.toContain('rejected');
});

it('shows no share beyond a whole', () => {
  const attainment = { mean: 0.9994, half_width: 0.0026, low: 0.9968, high: 1.002, n: 3, level: 0.95 };
  const shares: SweepReport = {
    ...report,
    metrics: [reading('attainment')],
    lines: report.lines.map((line) => ({
      ...line,
      points: line.points.map((point) => ({ ...point, metrics: { attainment } })),
    })),
  };
  expect(sweepPoints(shares).rows[0]?.[1]).toEqual({ value: 0.9994, text: '99.94 (99.68–100) %' });
  expect(sweepCharts(shares)[0]?.series[0]?.band?.[0]).toEqual([2, 0.9968, 1]);
});

it('answers in sentences, and survives JSON', () => {
  const document = sweepDocument(report, { title: 'A sweep', origin: [{ label: 'seed', text: '1' }] });
  expect(document.answer.map(({ text }) => text.replace(/\d[\d.]*(?= (±|req))/g, 'N'))).toEqual([
    'The SLOs are met up to N ± N req/s, the knee is at N req/s, it is overloaded from N req/s.',
    '18 of 21 runs; 3 beyond overload left out.',
  ]);
  expectOwnIds(document);
  expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  expect(JSON.parse(JSON.stringify(report))).toEqual(report);
});

it('calls a line by its keys as they are written, and says of its least load that some run misses there', () => {
  const below = { kind: 'below', x: 2 } as const;
  const lines = report.lines.map((line) => ({ ...line, name: 'num_gpus 2', largest_load: below }));
  const { answer } = sweepDocument({ ...report, lines }, { title: '', origin: [] });
  expect(answer[0]?.text).toMatch(
    /^num_gpus 2: In one run at least the SLOs are missed at 2\.00 req\/s already, the knee is at /,
  );
});

it('says what failed and what is missing', async () => {
  const question = rateSweep([2, 3], [1, 2, 3]);
  const broken = await sweep(question, {
    runner: inProcess((cell) => {
      if (cell.rate_per_s === 3) throw new Error('no room');
      return mmcPlan(cell, 100);
    }),
  });
  const { answer, tables } = sweepDocument({ ...broken, finished: false }, { title: '', origin: [] });
  expect(answer.map(({ text }) => text)).toContain('Failed at rate_per_s 3: no room');
  expect(answer.at(-1)?.text).toMatch(/^Partial/);
  expect(
    tables
      .at(-1)
      ?.rows.at(-1)
      ?.map(({ text }) => text),
  ).toEqual(['3', '–', '–', 'failed']);
});
