/** A sweep as charts: each metric against x, one curve a line, with its intervals. Knows no drawing. */
import type { SweepLine, SweepMetric, SweepReport } from '../sweep/report.ts';
import type { ChartInterval, ChartLine, ChartPoint, ChartSeries, ChartSpec } from './chart-spec.ts';
import { formatQuantity } from './format.ts';
import { withinShare } from './interval-text.ts';
import { axisDefinition } from './sweep-tables.ts';

/** Targets that are drawn across the charts of the metrics they bound, seconds. */
export interface SweepTargets {
  readonly ttft_s?: number | undefined;
  readonly tpot_s?: number | undefined;
}

/** One chart for each metric; none when no axis holds numbers, or nothing ran. */
export function sweepCharts(report: SweepReport, targets: SweepTargets = {}): ChartSpec[] {
  const { metrics, x } = report;
  const xAxis = x === null ? undefined : report.axes[x];
  if (xAxis === undefined || xAxis.values.length < 2) return [];
  return metrics.flatMap((metric): ChartSpec[] => {
    const drawn = report.lines.map((line) => seriesOf(line, metric, report));
    // Theory comes last: a line has the same colour in charts with and without it.
    const series = [...drawn.map(([runs]) => runs), ...drawn.flatMap(([, ...theory]) => theory)];
    const across = targetLine(metric, targets);
    if (series.every(({ points }) => points.length === 0)) return [];
    return [
      {
        id: `sweep_${metric.key.replaceAll('.', '_')}`,
        title: `${metric.label} against ${xAxis.label}`,
        x: { label: xAxis.label, unit: xAxis.unit, scale: 'linear', definition: axisDefinition(xAxis) },
        y: {
          label: metric.label,
          unit: metric.unit,
          scale: scaleOf(metric, series, across),
          definition: metric.definition,
        },
        series,
        lines: [...across, ...xLines(report, xAxis.unit)],
        notes: notesOf(report, series),
      },
    ];
  });
}

function seriesOf(
  line: SweepLine,
  { key, label, unit }: SweepMetric,
  { x }: SweepReport,
): [runs: ChartSeries, ...theory: ChartSeries[]] {
  const at = x ?? 0;
  const points: ChartPoint[] = [];
  const band: ChartInterval[] = [];
  const hollow: boolean[] = [];
  const theory: ChartPoint[] = [];
  for (const { values, metrics, overloaded, theory: known } of line.points) {
    const along = Number(values[at]);
    const interval = metrics[key];
    if (interval !== null && interval !== undefined) {
      points.push([along, interval.mean]);
      const ends = [interval.low, interval.high] as const;
      band.push([along, ...(unit === 'share' ? withinShare(ends) : ends)]);
      hollow.push(overloaded);
    }
    const value = known[key];
    if (value !== undefined) theory.push([along, value]);
  }
  const name = line.name === '' ? label : line.name;
  return [
    { name, kind: 'line', points, band, hollow },
    ...(theory.length > 1
      ? [{ name: `${name}, theory`, kind: 'line' as const, points: theory, dashed: true }]
      : []),
  ];
}

/** Times that grow beyond all bounds near overload, or lie far from their target, read better by factors. */
function scaleOf(
  { unit }: SweepMetric,
  series: readonly ChartSeries[],
  across: readonly ChartLine[],
): 'linear' | 'log' {
  const values = series.flatMap(({ points }) => points.map(([, y]) => y));
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const target = Math.max(0, ...across.map((line) => ('y' in line ? line.y : 0)));
  const far = most > 20 * least || target > 4 * most;
  return unit === 's' && least > 0 && far ? 'log' : 'linear';
}

function targetLine({ key, unit }: SweepMetric, targets: SweepTargets): ChartLine[] {
  const target = key.startsWith('ttft_s.')
    ? targets.ttft_s
    : key.startsWith('tpot_s.')
      ? targets.tpot_s
      : undefined;
  return target === undefined ? [] : [{ label: `SLO ${formatQuantity(target, unit)}`, y: target }];
}

function xLines({ lines }: SweepReport, unit: SweepReport['axes'][number]['unit']): ChartLine[] {
  const name = ({ name: of }: SweepLine): string => (of === '' || lines.length === 1 ? '' : `${of}: `);
  return lines.flatMap((line): ChartLine[] => {
    const { knee, largest_load } = line;
    const largest = largest_load?.kind === 'between' ? largest_load.interval.mean : null;
    return [
      ...(knee === null ? [] : [{ label: `${name(line)}knee ${formatQuantity(knee, unit)}`, x: knee }]),
      ...(largest === null
        ? []
        : [{ label: `${name(line)}SLO up to ${formatQuantity(largest, unit)}`, x: largest }]),
    ];
  });
}

function notesOf({ seeds, lines }: SweepReport, series: readonly ChartSeries[]): string[] {
  const theory = series.some(({ dashed }) => dashed);
  const hollow = series.some((each) => each.hollow?.includes(true));
  return [
    `Bands are 95 % intervals of the mean over ${seeds.length} runs.`,
    ...(hollow ? ['Hollow points are overloaded: their numbers grow with the length of the run.'] : []),
    ...(theory ? ['Theory is computed by queueing formulas, not from runs.'] : []),
    ...(lines.some(({ knee }) => knee !== null)
      ? ['The knee is where load divided by latency is largest.']
      : []),
  ];
}
