/** Tables at a terminal of 80 columns: what gives way when there is no room. */
import type { TableColumn, TableSpec } from '@llmsim/analysis';
import { describe, expect, test } from 'vitest';
import { renderTable } from '../../src/terminal/render-table.ts';

const plain = (_style: string, text: string): string => text;

function column(label: string, detail = false): TableColumn {
  return { key: label, label, align: 'right', definition: '', ...(detail ? { detail } : {}) };
}

/** A first column of names, then one with cells of each width. */
function table(columns: readonly TableColumn[], widths: readonly number[]): TableSpec {
  const cells = widths.map((width) => ({ value: width, text: '9'.repeat(width) }));
  return {
    id: 'table',
    title: 'Title',
    columns: [{ ...column('name'), align: 'left' }, ...columns],
    rows: [[{ value: 'row', text: 'row' }, ...cells]],
    notes: [],
  };
}

const lines = (spec: TableSpec): string[] => renderTable(spec, plain).split('\n');

describe('a table', () => {
  test('stays as it is where it fits', () => {
    expect(lines(table([column('a b'), column('c', true)], [3, 3]))).toEqual([
      'Title  a b    c',
      'row    999  999',
    ]);
  });

  test('breaks headings at spaces and behind the joints of keys before it leaves anything out', () => {
    const long = ['link.bandwidth_bytes_per_s', 'prompt_tokens.mean', 'num_gpus and more words'];
    const drawn = lines(
      table([...long.map((label) => column(label)), column('detail', true)], [6, 6, 20, 26]),
    );
    expect(drawn).toEqual([
      'Title        link.  prompt_          num_gpus and                      detail',
      '        bandwidth_  tokens.            more words',
      '       bytes_per_s     mean',
      `row         999999   999999  ${'9'.repeat(20)}  ${'9'.repeat(26)}`,
    ]);
  });

  test('leaves out as few details as it takes, from the left, and says so', () => {
    const drawn = lines(table([column('a', true), column('b', true), column('c')], [30, 30, 30]));
    expect(drawn).toEqual([
      `Title${' '.repeat(31)}b${' '.repeat(31)}c`,
      `row    ${'9'.repeat(30)}  ${'9'.repeat(30)}`,
      'Without a, for want of room: -o FILE has them.',
    ]);
  });

  test('stands in columns whatever its letters are: wide, of several parts, with accents of their own', () => {
    const names = ['decode', '東京プール', 'プリフィル', '👩‍🔬 lab', 'Gera\u0308te', 'Ελλάδα', '한국어'];
    const drawn = lines({
      ...table([column('幅 width')], [3]),
      rows: names.map((name) => [
        { value: name, text: name },
        { value: 1, text: '9' },
      ]),
    });
    expect(drawn).toEqual([
      'Title       幅 width',
      'decode             9',
      '東京プール         9',
      'プリフィル         9',
      '👩‍🔬 lab             9',
      'Gera\u0308te             9',
      'Ελλάδα             9',
      '한국어             9',
    ]);
  });

  test('of wide names leaves out a detail as soon as it does not fit', () => {
    const wide = '幅'.repeat(15);
    const drawn = lines(table([column('a', true), column(wide), column(wide)], [30, 3, 3]));
    expect(drawn).toEqual([
      `Title  ${wide}  ${wide}`,
      `row${' '.repeat(31)}999${' '.repeat(29)}999`,
      'Without a, for want of room: -o FILE has them.',
    ]);
  });

  test('goes on below where nothing can be left out', () => {
    const drawn = lines(table([column('a'), column('b'), column('c')], [30, 30, 30]));
    expect(drawn).toHaveLength(4);
    expect(drawn[2]?.trim()).toBe('c');
    for (const line of drawn) expect(line.length).toBeLessThanOrEqual(80);
  });
});
