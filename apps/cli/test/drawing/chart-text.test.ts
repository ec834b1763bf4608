/** Charts in characters: never wider than the terminal, in its characters, with points where their numbers are. */
import type { BarChartSpec, Chart, ChartSpec, HeatmapSpec, Unit } from '@llmsim/analysis';
import { letters } from '@llmsim/charts';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ASCII, charsetOf, textWithin, UNICODE } from '../../src/drawing/charset.ts';
import { chartText } from '../../src/drawing/chart-text.ts';
import { painter } from '../../src/terminal/colour.ts';
import { columnsOf } from '../../src/terminal/columns.ts';
import { loadChart } from './load-chart.ts';

const plain = painter({}, { NO_COLOR: '1' });
const coloured = painter({}, { FORCE_COLOR: '1' });
const drawn = (chart: Chart, charset = UNICODE): string[] =>
  chartText(chart, { charset, paint: plain }).split('\n');

const LONG =
  'a name that goes on and on: prefill 8, decode 12, llama-3.1-405b-instruct on 96 GPUs ≤ 500 ms of one pod';
/** Wide letters, without a space to break at, and letters of several parts. */
const WIDE =
  '東京のプリフィル・プール八枚とデコード・プール十二枚、大規模言語モデルのサービングとシミュレーションの比較';
const PARTS =
  '👩‍🔬 हिन्दी Gera\u0308te 🇩🇪 and 한국어 on one 👨‍👩‍👧‍👦 cluster of very, very, very many GPUs of one pod';
const names = fc.constantFrom(LONG, WIDE, PARTS);
const axis = fc.record({
  label: fc.oneof(fc.constantFrom('p99 TTFT', 'Auslastung – größte'), names),
  unit: fc.constantFrom<Unit>('s', 'share', 'req/s', 'requests'),
  scale: fc.constantFrom('linear' as const, 'log' as const),
  definition: fc.constant(''),
});
const number = fc.oneof(
  fc.double({ min: -1e6, max: 1e6 }),
  fc.double({ min: 1e-6, max: 1e3, noNaN: true }),
  fc.constantFrom(0, 1, Number.POSITIVE_INFINITY, Number.NaN),
);
const curves: fc.Arbitrary<ChartSpec> = fc.record({
  id: fc.constant('any'),
  title: fc.oneof(fc.constant('Any – chart'), names),
  x: axis,
  y: axis,
  series: fc.array(
    fc.record({
      name: fc.oneof(fc.constantFrom('mono', 'disagg', 'M/M/c'), names),
      kind: fc.constantFrom('line' as const, 'step' as const, 'points' as const),
      points: fc
        .array(fc.tuple(number, number), { maxLength: 90 })
        .map((points) => points.sort(([a], [b]) => a - b)),
      band: fc.array(fc.tuple(number, number, number), { maxLength: 5 }),
      hollow: fc.array(fc.boolean(), { maxLength: 5 }),
    }),
    { maxLength: 5 },
  ),
  lines: fc.array(
    fc.oneof(
      fc.record({ label: fc.oneof(fc.constant('SLO ≤ 500 ms'), names), x: number }),
      fc.record({ label: fc.oneof(fc.constant('knee'), names), y: number }),
    ),
    { maxLength: 3 },
  ),
  notes: fc.constant(['Hollow points are overloaded.']),
});
const bars: fc.Arbitrary<BarChartSpec> = fc.record({
  kind: fc.constant('bars' as const),
  id: fc.constant('any'),
  title: fc.constant('Any bars'),
  value: axis,
  bars: fc.array(
    fc.record({
      label: fc.oneof(fc.constant('rate'), names),
      from: number,
      to: number,
      series: fc.oneof(fc.constantFrom('less', 'more'), names),
    }),
    { maxLength: 8 },
  ),
  base: fc.record({ label: fc.oneof(fc.constant('now'), names), value: number }),
  notes: fc.constant([]),
});
const heatmaps: fc.Arbitrary<HeatmapSpec> = fc
  .record({
    columns: fc.integer({ min: 1, max: 30 }),
    rows: fc.integer({ min: 1, max: 6 }),
    name: fc.oneof(fc.constant(''), names),
  })
  .map(({ columns, rows, name }) => ({
    kind: 'heatmap' as const,
    id: 'any',
    title: 'Any heatmap',
    x: { label: 'prefill', categories: Array.from({ length: columns }, (_, index) => `${name}${index}`) },
    y: { label: `decode${name}`, categories: Array.from({ length: rows }, (_, index) => `${name}${index}`) },
    value: { label: 'p99', unit: 's' as const, better: 'lower' as const, definition: '' },
    cells: Array.from({ length: rows }, (_, y) =>
      Array.from({ length: columns }, (_, x) => ({ value: x, text: `${y}:${x}`, mark: 'fails' as const })),
    ),
    notes: [],
  }));
const charts: fc.Arbitrary<Chart> = fc.oneof(curves, bars, heatmaps);

describe('any chart', () => {
  it('is at most 80 columns wide, in characters that every terminal has', () => {
    fc.assert(
      fc.property(charts, (chart) => {
        for (const line of drawn(chart)) expect(columnsOf(line)).toBeLessThanOrEqual(80);
        for (const line of drawn(chart, ASCII)) expect(line).toMatch(/^[ -~]*$/);
      }),
    );
  });

  it('says the same in colour and without', () => {
    fc.assert(
      fc.property(charts, (chart) => {
        const text = chartText(chart, { charset: UNICODE, paint: coloured });
        // biome-ignore lint/suspicious/noControlCharactersInRegex: colours start with escape
        expect(text.replace(/\u001b\[\d+m/g, '').split('\n')).toEqual(drawn(chart));
      }),
    );
  });
});

/** Names of five letters and ten columns, and the other way round. */
const MIXED = ['ascii', '東京プール', 'Gera\u0308te', '👩‍🔬 lab', '🇩🇪'];

describe('names of wide letters and of letters of several parts', () => {
  it('leave bars under each other', () => {
    const lines = drawn({
      kind: 'bars',
      id: 'any',
      title: 'Any bars',
      value: loadChart.y,
      bars: MIXED.map((label) => ({ label, from: 0.1, to: 1 })),
      notes: [],
    });
    const walls = lines.flatMap((line) => (line.includes('│') ? [columnsOf(line.split('│')[0] ?? '')] : []));
    expect(walls).toEqual(MIXED.map(() => 11));
  });

  it('leave the cells of a heatmap under each other', () => {
    const lines = drawn({
      kind: 'heatmap',
      id: 'any',
      title: 'p99',
      x: { label: '幅', categories: ['幅', 'x'] },
      y: { label: 'y', categories: MIXED },
      value: { ...loadChart.y, better: 'lower' },
      cells: MIXED.map(() => [
        { value: 1, text: '一' },
        { value: 1, text: '1' },
      ]),
      notes: [],
    });
    expect(lines.slice(1, 7).map(columnsOf)).toEqual(lines.slice(1, 7).map(() => 22));
  });

  it('leave a plot its right edge, and are shown whole or not at all where labels meet', () => {
    const label = '東京プールの目標';
    const wide = drawn({ ...ramp, lines: [{ label, y: 0.1 }] });
    expect(wide.find((line) => line.includes(label))).toMatch(new RegExp(`╌ ${label}$`));
    const [crossed = ''] = drawn({
      ...ramp,
      lines: [
        { label, y: 10 },
        { label: '幅幅', x: 2.6 },
      ],
    }).filter((line) => line.includes('幅幅'));
    expect(crossed).toMatch(/ 幅幅 /);
    expect(columnsOf(crossed)).toBe(80);
  });

  it('are cut between letters, never inside one', () => {
    for (let room = 1; room < columnsOf(PARTS); room++) {
      const shown = textWithin(PARTS, room, UNICODE);
      expect(columnsOf(shown)).toBeLessThanOrEqual(room);
      const kept = letters(shown.slice(0, -1));
      expect(letters(PARTS).slice(0, kept.length)).toEqual(kept);
    }
  });
});

const ramp: ChartSpec = {
  ...loadChart,
  series: [
    {
      name: 'mono',
      kind: 'points',
      points: [
        [0, 0.01],
        [1, 0.1],
        [2, 1],
        [3, 10],
      ],
      hollow: [false, false, false, true],
    },
  ],
  lines: [{ label: 'SLO 100 ms', y: 0.1 }],
};

describe('curves', () => {
  it('on a log axis, equal factors are equal distances', () => {
    const rows = drawn(ramp).map((line) => [line.indexOf('●'), line.indexOf('○')]);
    const places = rows.flatMap(([full = -1, hollow = -1], row) => {
      const column = Math.max(full, hollow);
      return column > 0 && row <= 17 ? [[column, row] as const] : [];
    });
    expect(places).toHaveLength(4);
    const [[c0, r0] = [0, 0], [c1, r1] = [0, 0]] = places;
    for (const [index, [column, row]] of places.entries()) {
      expect(row - r0).toBe((r1 - r0) * index);
      expect(Math.abs(column - c0 - (c1 - c0) * index)).toBeLessThanOrEqual(1);
    }
  });

  it.each([
    [
      [1, 2, 3],
      ['1', '2', '3'],
    ],
    // A mean of counts may stand anywhere.
    [
      [1, 2.5, 3],
      ['1', '1.5', '2', '2.5', '3'],
    ],
  ])('an axis of points at %j has the ticks %j', (xs, ticks) => {
    const x = { label: 'GPUs', unit: 'count', scale: 'linear', definition: '' } as const;
    const series = [{ name: 'mono', kind: 'line' as const, points: xs.map((at) => [at, at] as const) }];
    const lines = drawn({ ...loadChart, x, series });
    const floor = lines.findIndex((line) => line.includes('└'));
    expect(lines[floor + 1]?.trim().split(/ +/)).toEqual(ticks);
  });

  it('an overloaded point is hollow and the legend says so; a line across has its label', () => {
    const lines = drawn(ramp);
    // The largest value is the first row of the plot.
    expect(lines[2]).toMatch(/○$/);
    expect(lines.join('\n')).toContain('○ overloaded');
    expect(lines.find((line) => line.includes('SLO 100 ms'))).toMatch(/╌╌╌.*●.*╌/);
  });

  it('a line or an interval that a log axis has no place for is not made up', () => {
    const [one] = ramp.series;
    if (one === undefined) throw new Error('no series');
    const nowhere = drawn({ ...ramp, lines: [{ label: 'SLO 0 ms', y: 0 }, ...ramp.lines] });
    expect(nowhere).toEqual(drawn(ramp));
    const shaded = (low: number): number => {
      const band = one.points.map(([x, y]) => [x, low, y] as const);
      const drawing = drawn({ ...ramp, lines: [], series: [{ ...one, band }] })
        .slice(0, 18)
        .join('');
      return drawing.split('░').length;
    };
    expect(shaded(-1)).toBe(shaded(0.01));
    expect(shaded(Number.NaN)).toBe(1);
  });

  it('a series without points has no entry in the legend', () => {
    const idle = { name: 'idle', kind: 'line', points: [] } as const;
    const lines = drawn({ ...ramp, series: [...ramp.series, idle] });
    expect(lines.join('\n')).not.toContain('idle');
  });

  it('very many points are as welcome as few', () => {
    const points = Array.from({ length: 300_000 }, (_, index) => [index, 1 + (index % 7)] as const);
    expect(drawn({ ...ramp, series: [{ name: 'mono', kind: 'line', points }] }).length).toBeGreaterThan(16);
  });

  it('what has no points says so', () => {
    expect(drawn({ ...ramp, series: [] }).join('\n')).toContain('nothing to draw');
  });
});

it.each([
  [{ LANG: 'de_DE.UTF-8' }, UNICODE],
  [{ LANG: 'C' }, ASCII],
  [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, ASCII],
  [{}, UNICODE],
])('the locale %o decides the characters', (env, charset) => {
  expect(charsetOf(env)).toBe(charset);
});
