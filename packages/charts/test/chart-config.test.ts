/** What chart.js is given holds everything that the spec says. */
import { type BarChartSpec, type ChartSpec, REQUEST_STAGES } from '@llmsim/analysis';
import type { Scale } from 'chart.js';
import { describe, expect, test } from 'vitest';
import { barsConfig } from '../src/bars-config.ts';
import { curvesConfig } from '../src/curves-config.ts';
import { heatmapConfig } from '../src/heatmap-config.ts';
import { DARK, LIGHT, mixed } from '../src/palette.ts';
import { bars, curves, heatmap } from './samples.ts';
import { seenApart } from './seen-apart.ts';

describe('curves', () => {
  const { data, options } = curvesConfig(curves, LIGHT);

  test('every point of every series, in order, with hollow points in the colour of the surface', () => {
    for (const [index, series] of curves.series.entries()) {
      const dataset = data.datasets[index];
      expect(dataset?.label).toBe(series.name);
      expect(dataset?.data).toEqual(series.points.map(([x, y]) => ({ x, y })));
    }
    const [mono] = data.datasets;
    expect(mono?.pointBackgroundColor).toEqual([...Array(4).fill(LIGHT.series[0]), LIGHT.surface]);
  });

  test('a series has the colour of its place, and so have its points and its band', () => {
    const [mono] = curves.series;
    if (mono === undefined) throw new Error('There is no series');
    const { datasets } = curvesConfig({ ...curves, series: [{ ...mono, place: 3 }] }, LIGHT).data;
    const [line, high] = datasets;
    expect([line?.borderColor, line?.backgroundColor]).toEqual([LIGHT.series[3], LIGHT.series[3]]);
    expect(line?.pointBackgroundColor).toContain(LIGHT.series[3]);
    expect(high?.backgroundColor).toBe(`${LIGHT.series[3]}33`);
  });

  test('a band is filled from its upper edge to its lower', () => {
    const [high, low] = data.datasets.slice(curves.series.length);
    const { band = [] } = curves.series[0] ?? {};
    expect(high).toMatchObject({ fill: '+1', data: band.map(([x, , y]) => ({ x, y })) });
    expect(low).toMatchObject({ fill: false, data: band.map(([x, y]) => ({ x, y })) });
  });

  test('of many points a few are marked, at other places on each curve; one curve alone has no marks', () => {
    const points = Array.from({ length: 200 }, (_, at) => [at, 1 + (at % 5)] as const);
    const hollow = points.map(([x]) => x >= 100);
    const series = ['a', 'b', 'c', 'd'].map((name) => ({ name, kind: 'line' as const, points, hollow }));
    const { datasets } = curvesConfig({ ...curves, series }, LIGHT).data;
    expect(datasets.slice(0, 4).map(({ pointRadius }) => pointRadius)).toEqual([0, 0, 0, 0]);
    const marks = datasets.slice(4);
    expect(marks.map(({ label, showLine }) => [label, showLine])).toEqual(Array(4).fill(['', false]));
    for (const { data, pointBackgroundColor } of marks) {
      for (const { x, y } of data) expect(points[x]).toEqual([x, y]);
      expect(pointBackgroundColor).toHaveLength(data.length);
    }
    const [first] = marks;
    expect(first?.pointBackgroundColor).toEqual(
      first?.data.map(({ x }) => (x >= 100 ? LIGHT.surface : LIGHT.series[0])),
    );
    const places = marks.flatMap(({ data }) => data.map(({ x }) => x));
    expect(places.length).toBeGreaterThanOrEqual(16);
    expect(new Set(places).size).toBe(places.length);
    const alone = curvesConfig({ ...curves, series: series.slice(0, 1) }, LIGHT).data.datasets;
    expect(alone.map(({ pointRadius }) => pointRadius)).toEqual([0]);
  });

  test('theory is dashed, runs are not', () => {
    expect(data.datasets.slice(0, 3).map(({ borderDash }) => borderDash)).toEqual([[], [], [6, 4]]);
  });

  test('a line across is in view however far it is from the points', () => {
    const far: ChartSpec = {
      ...curves,
      lines: [
        { label: 'SLO', y: 100 },
        { label: 'limit', x: 9 },
      ],
    };
    expect(curvesConfig(far, LIGHT).options?.scales).toMatchObject({
      x: { suggestedMax: 9 },
      y: { suggestedMax: 100, type: 'logarithmic' },
    });
  });

  test.each([
    [[1, 2, 3], 2, '2'],
    [[1, 2, 3], 1.5, null],
    // A mean of counts may stand anywhere.
    [[1, 2.5, 3], 1.5, '1.5'],
  ])('an axis of points at %j has %d labelled as %s', (xs, tick, text) => {
    const x = { label: 'GPUs', unit: 'count', scale: 'linear', definition: '' } as const;
    const series = [{ name: 'mono', kind: 'line' as const, points: xs.map((at) => [at, 1] as const) }];
    const { ticks } = curvesConfig({ ...curves, x, series }, LIGHT).options?.scales?.x ?? {};
    expect(ticks?.callback?.call({} as Scale, tick, 0, [])).toBe(text);
    expect(ticks).toMatchObject(xs.every(Number.isInteger) ? { precision: 0 } : {});
  });

  test('an axis of what cannot be negative starts at 0, wherever an interval reaches', () => {
    const scaleOf = (points: ChartSpec['series'][number]['points']): unknown => {
      const band = points.map(([x, y]) => [x, y - 1, y + 1] as const);
      const spec: ChartSpec = {
        ...curves,
        y: { ...curves.y, scale: 'linear' },
        series: [{ name: 'goodput', kind: 'line', points, band }],
      };
      return curvesConfig(spec, LIGHT).options?.scales?.y?.min;
    };
    expect(scaleOf([[1, 0.5]])).toBe(0);
    expect(scaleOf([[1, -0.5]])).toBeUndefined();
  });

  test('a step holds its value to the next point', () => {
    const step: ChartSpec = { ...curves, series: [{ name: 'q', kind: 'step', points: [[0, 1]] }] };
    expect(curvesConfig(step, LIGHT).data.datasets[0]?.stepped).toBe('before');
  });

  test('moves nothing', () => {
    expect(options?.animation).toBe(false);
  });

  test.each([
    ['lying', 600, 0.05, '50 ms'],
    ['lying', 600, 1, '1 s'],
    ['lying', 600, 20, '20 s'],
    ['lying', 600, 0.03, null],
    ['lying', 200, 0.1, '100 ms'],
    ['lying', 200, 0.05, null],
    ['standing', 300, 0.05, '50 ms'],
    ['standing', 300, 0.03, null],
    ['standing', 200, 0.1, '100 ms'],
    ['standing', 200, 0.05, null],
  ])('a %s log axis of four decades on %d px writes %d s as %s', (way, length_px, value, text) => {
    const { callback } = options?.scales?.y?.ticks ?? {};
    const lying = way === 'lying';
    // Across itself an axis is as wide as its labels.
    const [width, height] = lying ? [length_px, 30] : [30, length_px];
    const axis = { chart: { options: {} }, isHorizontal: () => lying, width, height, min: 0.01, max: 100 };
    expect(callback?.call(axis as Scale, value, 0, [])).toBe(text);
  });
});

test('bars with one label share a row, each from its start to its end', () => {
  const { data } = barsConfig(bars, LIGHT);
  expect(data.labels).toEqual(['arrival rate', 'prompt length']);
  expect(data.datasets.map((dataset) => [dataset.label, dataset.data])).toEqual([
    [
      '10 % less',
      [
        { x: [0.9, 0.6], y: 'arrival rate' },
        { x: [0.9, 0.75], y: 'prompt length' },
      ],
    ],
    [
      '10 % more',
      [
        { x: [0.9, 1.8], y: 'arrival rate' },
        { x: [0.9, 1.1], y: 'prompt length' },
      ],
    ],
  ]);
});

test('a listed series keeps its colour whichever others a chart has', () => {
  const series = ['queue', 'prefill', 'decode'];
  const coloursOf = (...shown: string[]): unknown => {
    const parts = shown.map((name) => ({ label: 'one', from: 0, to: 1, series: name }));
    const spec: BarChartSpec = { ...bars, bars: parts, series };
    return barsConfig(spec, LIGHT).data.datasets.map(({ label, backgroundColor }) => [
      label,
      backgroundColor,
    ]);
  };
  const [queue, prefill, decode, other] = LIGHT.series;
  expect(coloursOf('decode', 'queue')).toEqual([
    ['queue', queue],
    ['decode', decode],
  ]);
  expect(coloursOf('prefill', 'surprise')).toEqual([
    ['prefill', prefill],
    ['surprise', other],
  ]);
});

test('cells stand at their categories; the better the value, the stronger the shade', () => {
  const { data } = heatmapConfig(heatmap, LIGHT);
  const [dataset] = data.datasets;
  expect(dataset?.data).toEqual(['1', '2'].flatMap((y) => ['1', '2', '3'].map((x) => ({ x, y }))));
  const shades: unknown = dataset?.backgroundColor;
  if (!Array.isArray(shades)) throw new Error('no shades');
  const darkness = (colour: string): number => 255 - Number.parseInt(colour.slice(1, 3), 16);
  // 310 ms, 400 ms, 1.10 s, 1.20 s, 2.50 s
  const best = [5, 4, 2, 1, 3].map((index) => darkness(shades[index]));
  expect(best).toEqual([...best].sort((a, b) => b - a));
  expect(new Set(best).size).toBe(5);
  expect(shades[0]).toBe(LIGHT.rule);
});

/** Relative luminance and contrast as WCAG 2.2 defines them. */
function contrast(one: string, other: string): number {
  const luminance = (colour: string): number =>
    [1, 3, 5]
      .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
      .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4))
      .reduce((sum, c, index) => sum + c * ([0.2126, 0.7152, 0.0722][index] ?? 0), 0);
  const [high = 0, low = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (high + 0.05) / (low + 0.05);
}

describe.each([
  ['light', LIGHT],
  ['dark', DARK],
])('the %s palette', (_, palette) => {
  test('any two series stay apart, for the colour-blind too', () => {
    const close = palette.series.flatMap((one, index) =>
      palette.series.slice(0, index).flatMap((other) => {
        const least = seenApart(one, other);
        return least < 0.09 ? [`${one} and ${other}: ${least.toFixed(3)}`] : [];
      }),
    );
    expect(close).toEqual([]);
    expect(palette.series.length).toBeGreaterThanOrEqual(REQUEST_STAGES.length);
  });

  test('marks hold 3:1 and texts 4.5:1, also on the strongest shade', () => {
    for (const colour of [...palette.series, palette.marker]) {
      expect(contrast(colour, palette.surface)).toBeGreaterThan(3);
    }
    expect(contrast(palette.ink_quiet, palette.surface)).toBeGreaterThan(4.5);
    const strongest = mixed(palette.surface, palette.series[0] ?? '', 0.46);
    expect(contrast(palette.ink, strongest)).toBeGreaterThan(4.5);
    expect(contrast(palette.ink, palette.rule)).toBeGreaterThan(4.5);
  });
});
