/** The values of charts under names with units. */
import { describe, expect, test } from 'vitest';
import { type ChartAxis, chartTable } from '../../src/index.ts';

const axis = (label: string, unit: ChartAxis['unit']): ChartAxis => ({
  label,
  unit,
  scale: 'linear',
  definition: 'A quantity.',
});
const keys = (table: ReturnType<typeof chartTable>): string[] => table.columns.map(({ key }) => key);

describe('chartTable', () => {
  test('heads the columns of curves with the names of their quantities, and has a row for each point', () => {
    const table = chartTable({
      id: 'load',
      title: 'Load',
      x: axis('arrival rate', 'req/s'),
      y: axis('p99 TTFT', 's'),
      series: [
        {
          name: 'mono',
          kind: 'line',
          points: [
            [1, 0.5],
            [2, 0.7],
          ],
          band: [[2, 0.6, 0.8]],
        },
        { name: 'theory', kind: 'line', points: [[1, 0.4]] },
      ],
      lines: [],
    });
    expect(keys(table)).toEqual(['series', 'arrival_rate_per_s', 'p99_ttft_s', 'low_s', 'high_s']);
    expect(table.rows.map((row) => row.map(({ value }) => value))).toEqual([
      ['mono', 1, 0.5, null, null],
      ['mono', 2, 0.7, 0.6, 0.8],
      ['theory', 1, 0.4, null, null],
    ]);
  });

  test('does so for bars and cells', () => {
    const bars = chartTable({
      kind: 'bars',
      id: 'stages',
      title: 'Stages',
      value: axis('time', 's'),
      bars: [{ label: '#1', from: 0, to: 2, series: 'prefill' }],
      notes: [],
    });
    expect(keys(bars)).toEqual(['label', 'series', 'from_s', 'to_s']);
    const cells = chartTable({
      kind: 'heatmap',
      id: 'splits',
      title: 'Splits',
      x: { label: 'prefill GPUs', categories: ['1'] },
      y: { label: 'decode GPUs', categories: ['3'] },
      value: { label: 'goodput', unit: 'req/s', better: 'higher', definition: 'A rate.' },
      cells: [[{ value: 2, text: '2.00 req/s', mark: 'best' }]],
      notes: [],
    });
    expect(keys(cells)).toEqual(['prefill_gpus', 'decode_gpus', 'goodput_per_s', 'mark']);
    expect(cells.rows.map((row) => row.map(({ value }) => value))).toEqual([['1', '3', 2, 'best']]);
  });
});
