/** Charts as SVG: texts as texts, points where their numbers are, nothing that breaks out. */
import { pathRound } from 'd3-path';
import { describe, expect, test } from 'vitest';
import { LIGHT } from '../src/palette.ts';
import { chartsSvg } from '../src/svg/chart-svg.ts';
import { SvgContext } from '../src/svg/svg-context.ts';
import { bars, curves, HOSTILE, heatmap } from './samples.ts';

const texts = (svg: string): string[] =>
  [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text = '']) => text);

test('of a series that comes twice in a row both bars are drawn, side by side', () => {
  const [queue = '', prefill = ''] = LIGHT.series;
  const parts = [
    { label: '#2', from: 0, to: 1, series: 'queue' },
    { label: '#1', from: 0, to: 1, series: 'queue' },
    { label: '#1', from: 1, to: 2, series: 'prefill' },
    { label: '#1', from: 2, to: 4, series: 'queue' },
    { label: '#1', from: 4, to: 5, series: 'prefill' },
  ];
  const { base: _, ...plain } = bars;
  const svg = chartsSvg([{ ...plain, bars: parts, series: ['queue', 'prefill'] }]);
  /** Left and right end, then the height, of each bar of a colour; the sign in the legend is small. */
  const boxes = (colour: string): number[][] =>
    [...svg.matchAll(new RegExp(`<path d="M([\\d.]+),([\\d.]+)h([\\d.]+)v[^"]*" fill="${colour}"`, 'g'))]
      .map(([, x, y, width]) => [Number(x), Number(x) + Number(width), Number(y)])
      .filter(([left = 0, right = 0]) => right - left > 20);
  const [other, first, again] = boxes(queue);
  const [served, servedAgain] = boxes(prefill);
  const row = [first, served, again, servedAgain].map((box) => box?.[2]);
  expect(new Set(row).size).toBe(1);
  expect(other?.[2]).not.toBe(first?.[2]);
  for (const [left, right] of [
    [first, served],
    [served, again],
    [again, servedAgain],
  ])
    expect(Math.abs((left?.[1] ?? 0) - (right?.[0] ?? Number.NaN))).toBeLessThan(1.5);
});

test('wide letters, and letters of several parts, get the room they take', () => {
  const context = new SvgContext(100, 100, 'any');
  context.font = '10px sans-serif';
  const width = (text: string): number => context.measureText(text).width;
  for (const letter of ['東', 'か', 'ー', '、', '한', '👩‍🔬', '🇩🇪']) expect(width(letter)).toBe(10);
  expect(width('Gera\u0308te')).toBe(width('Gerate'));
});

describe('chartsSvg', () => {
  const svg = chartsSvg([curves, bars, heatmap]);

  test('titles, axes, legends, lines, cells and notes are texts', () => {
    const written = texts(svg);
    for (const { title } of [curves, bars, heatmap]) expect(written).toContain(title);
    for (const { name } of curves.series) expect(written).toContain(name);
    for (const { label } of curves.lines) expect(written).toContain(label);
    for (const text of [
      'arrival rate',
      'p99 TTFT',
      '2 req/s',
      'now 900 ms',
      '★ 310 ms',
      '✗ 1.20 s',
      '▲ 41.0 s',
    ])
      expect(written).toContain(text);
    expect(written.join(' ')).toContain(curves.notes?.[0]);
  });

  test('points of a straight line in numbers lie on a straight line in the drawing', () => {
    const straight = chartsSvg([
      {
        ...curves,
        y: { ...curves.y, scale: 'linear' },
        lines: [],
        series: [
          {
            name: 'line',
            kind: 'line',
            points: [
              [0, 0],
              [1, 2],
              [3, 6],
              [7, 14],
            ],
          },
        ],
      },
    ]);
    const path =
      straight.match(/<path d="(M[^"A]*)" fill="none" stroke="#0b5cad" stroke-width="2"/)?.[1] ?? '';
    // chart.js ends a curve with its last point once more.
    const steps = new Set(path.match(/[\d.]+,[\d.]+/g));
    const numbers = [...steps].map((step) => {
      const [x = 0, y = 0] = step.split(',').map(Number);
      return [x, y] as const;
    });
    expect(numbers).toHaveLength(4);
    const [[x0, y0] = [0, 0], , , [x3, y3] = [0, 0]] = numbers;
    for (const [index, share] of [0, 1 / 7, 3 / 7, 1].entries()) {
      expect(numbers[index]?.[0]).toBeCloseTo(x0 + share * (x3 - x0), 1);
      expect(numbers[index]?.[1]).toBeCloseTo(y0 + share * (y3 - y0), 1);
    }
  });

  test('hostile texts stay texts', () => {
    const hostile = chartsSvg([
      { ...curves, title: HOSTILE, notes: [HOSTILE], lines: [{ label: HOSTILE, x: 1 }] },
      { ...heatmap, x: { label: HOSTILE, categories: [HOSTILE, '2', '3'] } },
    ]);
    expect(hostile).not.toMatch(/<(script|img|!--)/);
    expect(hostile).toContain('&lt;/script&gt;&lt;img');
    expect(chartsSvg([], { name: HOSTILE })).not.toMatch(/<(script|img|!--)/);
    expect([...hostile].some((character) => character < ' ' && character !== '\n')).toBe(false);
  });

  test('the same charts give the same bytes', () => {
    expect(chartsSvg([curves, bars, heatmap])).toBe(svg);
  });
});

test('what leaves the chart is cut off at its edge', () => {
  const beyond = { ...curves, y: { ...curves.y, unit: 'share' as const, scale: 'linear' as const } };
  const curve = chartsSvg([beyond]).match(/<g clip-path="url\(#([\w-]+)\)"><path [^>]*stroke-width="2"/);
  expect(curve).not.toBeNull();
  expect(chartsSvg([beyond])).toContain(`<clipPath id="${curve?.[1]}"`);
});

describe('SvgContext', () => {
  test('composes transformations as a canvas does and forgets them on restore', () => {
    const context = new SvgContext(10, 10, 'c');
    context.save();
    context.translate(5, 7);
    context.rotate(Math.PI / 2);
    context.translate(1, 0);
    context.fillRect(0, 0, 2, 3);
    context.restore();
    context.fillRect(0, 0, 2, 3);
    const [turned, plain] = context.elements.split('\n');
    expect(turned).toContain('transform="matrix(0 1 -1 0 5 8)"');
    const path = pathRound(2);
    path.rect(0, 0, 2, 3);
    expect(plain).toBe(`<path d="${path}" fill="#000000"/>`);
  });

  test('clips what is drawn until restore, inside the clip before', () => {
    const context = new SvgContext(10, 10, 'c');
    context.save();
    for (const size of [8, 4]) {
      context.beginPath();
      context.rect(0, 0, size, size);
      context.clip();
    }
    context.fillRect(0, 0, 9, 9);
    context.restore();
    context.fillRect(0, 0, 9, 9);
    const [outer, inner, clipped, free] = context.elements.split('\n');
    expect(outer).toMatch(/^<clipPath id="c-clip-0"><path/);
    expect(inner).toMatch(/^<clipPath id="c-clip-1" clip-path="url\(#c-clip-0\)">/);
    expect(clipped).toContain('clip-path="url(#c-clip-1)"');
    expect(free).not.toContain('clip-path');
  });
});
