/** A latency against a load, without curves: what charts in tests of media have in common. Knows no medium. */
import type { ChartSpec } from '@llmsim/analysis';

export const loadChart: ChartSpec = {
  id: 'load',
  title: 'p99 against load',
  x: { label: 'rate', unit: 'req/s', scale: 'linear', definition: '' },
  y: { label: 'p99', unit: 's', scale: 'log', definition: '' },
  series: [],
  lines: [],
};
