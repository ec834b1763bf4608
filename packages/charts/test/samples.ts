/** One chart of each kind, with everything that the kind has. */
import type { BarChartSpec, ChartSpec, HeatmapSpec } from '@llmsim/analysis';

export const curves: ChartSpec = {
  id: 'ttft_against_load',
  title: 'p99 TTFT against load',
  x: {
    label: 'arrival rate',
    unit: 'req/s',
    scale: 'linear',
    definition: 'Requests that arrive each second.',
  },
  y: { label: 'p99 TTFT', unit: 's', scale: 'log', definition: 'Ninety-nine in a hundred are at most this.' },
  series: [
    {
      name: 'mono',
      kind: 'line',
      points: [
        [0.5, 0.21],
        [1, 0.24],
        [2, 0.41],
        [3, 1.37],
        [4, 18],
      ],
      band: [
        [0.5, 0.19, 0.23],
        [1, 0.21, 0.27],
        [2, 0.33, 0.5],
        [3, 0.9, 2.1],
        [4, 11, 29],
      ],
      hollow: [false, false, false, false, true],
    },
    {
      name: 'disagg',
      kind: 'line',
      points: [
        [0.5, 0.32],
        [1, 0.33],
        [2, 0.37],
        [3, 0.52],
        [4, 0.98],
      ],
    },
    {
      name: 'M/M/c',
      kind: 'line',
      dashed: true,
      points: [
        [0.5, 0.2],
        [2, 0.4],
        [3.5, 4],
      ],
    },
  ],
  lines: [
    { label: 'SLO 500 ms', y: 0.5 },
    { label: 'knee', x: 2.5 },
  ],
  notes: ['Hollow points are overloaded: their numbers grow with the length of the run.'],
};

export const bars: BarChartSpec = {
  kind: 'bars',
  id: 'tornado',
  title: 'What moves p99 TTFT',
  value: { label: 'p99 TTFT', unit: 's', scale: 'linear', definition: '' },
  bars: [
    { label: 'arrival rate', from: 0.9, to: 0.6, series: '10 % less' },
    { label: 'arrival rate', from: 0.9, to: 1.8, series: '10 % more' },
    { label: 'prompt length', from: 0.9, to: 0.75, series: '10 % less' },
    { label: 'prompt length', from: 0.9, to: 1.1, series: '10 % more' },
  ],
  base: { label: 'now 900 ms', value: 0.9 },
  notes: [],
};

export const heatmap: HeatmapSpec = {
  kind: 'heatmap',
  id: 'split',
  title: 'p99 TTFT by split',
  x: { label: 'prefill GPUs', categories: ['1', '2', '3'] },
  y: { label: 'decode GPUs', categories: ['1', '2'] },
  value: { label: 'p99 TTFT', unit: 's', better: 'lower', definition: '' },
  cells: [
    [
      { value: 41, text: '41.0 s', mark: 'overloaded' },
      { value: 1.2, text: '1.20 s', mark: 'fails' },
      { value: 1.1, text: '1.10 s', mark: 'fails' },
    ],
    [
      { value: 2.5, text: '2.50 s', mark: 'fails' },
      { value: 0.4, text: '400 ms' },
      { value: 0.31, text: '310 ms', mark: 'best' },
    ],
  ],
  notes: [],
};

/** What breaks out of a text that is not escaped. */
export const HOSTILE = '</script><img src=x onerror=alert(1)> & "quotes" \'too\' ]]> <!-- \u0000\ud800';
