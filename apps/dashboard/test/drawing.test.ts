/** Tables as laid out hold everything that their specs say; colours are the same everywhere. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TableSpec } from '@llmsim/analysis';
import { DARK, LIGHT, type Palette } from '@llmsim/charts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { seriesProperty } from '../src/charts/series-colour.ts';
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

  test('is never wider than the spec, and lies on its side only where that is narrower and it would not fit', () => {
    fc.assert(
      fc.property(tables, (spec) => {
        const side = spec.columns.length > 5 ? spec.rows.length + 1 : spec.columns.length;
        expect(layOut(spec).head.length).toBe(Math.min(spec.columns.length, side));
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
    const [a, b] = spec.columns;
    if (a === undefined || b === undefined) throw new Error('There are no columns');
    // Two columns may have one name, as the shares of two sums.
    const shares = termsOf({ ...spec, columns: [a, { ...b, label: 'a' }, a] });
    expect(shares).toEqual([
      { text: 'a', definition: 'About a.' },
      { text: 'a', definition: 'About b.' },
    ]);
  });
});

test('the colours of legends are those of the charts', () => {
  const css = readFileSync(join(import.meta.dirname, '../src/app.css'), 'utf8');
  const colours = (palette: Palette): string[] => palette.series.map((_, place) => seriesProperty(place));
  for (const palette of [LIGHT, DARK]) {
    expect(new Set(colours(palette)).size).toBe(palette.series.length);
    expect(seriesProperty(palette.series.length)).toBe(seriesProperty(0));
  }
  const written = [...css.matchAll(/--series-\d: (#\w+);/g)].map(([, colour]) => colour);
  expect(written).toEqual([...LIGHT.series, ...DARK.series]);
});
