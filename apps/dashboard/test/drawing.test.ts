/** Tables and charts as drawn hold everything that their specs say, wherever the layout puts it. */
import type { ChartSpec, TableSpec } from '@llmsim/analysis';
import type { Scale } from 'chart.js';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { chartConfig } from '../src/charts/chart-config.ts';
import { layOut, termsOf } from '../src/panels/table-layout.ts';

/** Tables whose every cell says which row and column it belongs to. */
const tables = fc
  .record({ columns: fc.integer({ min: 2, max: 9 }), rows: fc.integer({ min: 1, max: 9 }) })
  .map(
    ({ columns, rows }): TableSpec => ({
      id: 'any',
      title: 'Any',
      columns: Array.from({ length: columns }, (_, column) => ({
        key: `k${column}`,
        label: `c${column}`,
        align: column === 0 ? 'left' : 'right',
        definition: `about c${column}`,
        ...(column === 0 ? {} : { unit: 's' as const }),
      })),
      rows: Array.from({ length: rows }, (_, row) =>
        Array.from({ length: columns }, (_, column) =>
          column === 0 ? { value: `r${row}`, text: `r${row}` } : { value: row, text: `r${row} c${column}` },
        ),
      ),
      notes: [],
    }),
  );

describe('layOut', () => {
  test('every cell stands once, between the headings of its row and column', () => {
    fc.assert(
      fc.property(tables, (spec) => {
        const { head, body } = layOut(spec);
        const seen = body.flatMap(({ label, cells }) =>
          cells.map(({ key, text }, index) => {
            const headings = [label.text, head[index + 1]?.text ?? ''].sort().reverse();
            expect(text).toBe(headings.join(' '));
            expect(key).toBe(`k${text.split(' c')[1]}`);
            return text;
          }),
        );
        expect(new Set(seen).size).toBe((spec.columns.length - 1) * spec.rows.length);
        expect(seen.length).toBe(new Set(seen).size);
      }),
    );
  });

  test('is never wider than the spec, and lies on its side only where that is narrower', () => {
    fc.assert(
      fc.property(tables, (spec) => {
        expect(layOut(spec).head.length).toBe(Math.min(spec.columns.length, spec.rows.length + 1));
      }),
    );
  });

  test('a table without names becomes a list of quantities', () => {
    const spec: TableSpec = {
      id: 'rates',
      title: 'Rates',
      columns: [
        { key: 'a_rps', label: 'a', unit: 'req/s', align: 'right', definition: 'About a.' },
        { key: 'b_rps', label: 'b', unit: 'req/s', align: 'right', definition: 'About b.' },
      ],
      rows: [
        [
          { value: 1, text: '1.00 req/s' },
          { value: null, text: '–' },
        ],
      ],
      notes: [],
    };
    const { head, body } = layOut(spec);
    expect(head.map(({ text }) => text)).toEqual(['quantity', 'value']);
    expect(body.map(({ label, cells }) => [label.text, cells[0]?.text])).toEqual([
      ['a', '1.00 req/s'],
      ['b', '–'],
    ]);
    expect(termsOf(spec).map(({ text }) => text)).toEqual(['a', 'b']);
  });
});

describe('chartConfig', () => {
  const spec: ChartSpec = {
    id: 'any',
    title: 'Any',
    x: { label: 'TTFT', unit: 's', scale: 'log', definition: '' },
    y: { label: 'share', unit: 'share', scale: 'linear', definition: '' },
    series: [
      {
        name: 'mono',
        kind: 'step',
        points: [
          [0.1, 0.5],
          [0.3, 1],
        ],
      },
    ],
    lines: [{ label: 'SLO 500 ms', x: 0.5 }],
  };
  const palette = { ink: '#111111', rule: '#222222', marker: '#333333', series: ['#444444'] };
  const { data, options } = chartConfig(spec, palette);

  test('keeps every point, and draws a line across from edge to edge', () => {
    const [series, line] = data.datasets;
    expect(series).toMatchObject({
      label: 'mono',
      stepped: 'before',
      data: [
        { x: 0.1, y: 0.5 },
        { x: 0.3, y: 1 },
      ],
    });
    expect(line).toMatchObject({
      label: 'SLO 500 ms',
      data: [
        { x: 0.5, y: 0 },
        { x: 0.5, y: 1 },
      ],
    });
  });

  test('moves nothing', () => {
    expect(options?.animation).toBe(false);
  });

  test.each([
    [600, 0.05, '50 ms'],
    [600, 1, '1 s'],
    [600, 20, '20 s'],
    [600, 0.03, null],
    [200, 0.1, '100 ms'],
    [200, 0.05, null],
  ])('a log axis of four decades on %d px writes %d s as %s', (width, value, text) => {
    const { callback } = options?.scales?.x?.ticks ?? {};
    expect(callback?.call({ width, min: 0.01, max: 100 } as Scale, value, 0, [])).toBe(text);
  });
});
