/**
 * The TTFT distribution of a run beside that of the other architecture. Knows no page and no worker.
 */
import type { ChartSeries, ChartSpec } from '@llmsim/analysis';

const ARCHITECTURES = ['mono', 'disagg'];

/** One chart with both; an architecture keeps its place, and with it its colour, where the other is missing. */
export function withOther(chart: ChartSpec, other: ChartSpec | null): ChartSpec {
  const known = [...chart.series, ...(other?.series ?? [])];
  const series = ARCHITECTURES.map(
    (name): ChartSeries => known.find((each) => each.name === name) ?? { name, kind: 'step', points: [] },
  );
  return { ...chart, series };
}
