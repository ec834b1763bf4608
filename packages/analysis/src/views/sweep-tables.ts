/** A sweep as tables: every point with its intervals, and what each line takes. Knows no medium. */
import type { SweepAxis, SweepPoint, SweepValue } from '../sweep/question.ts';
import type { SweepLine, SweepReport } from '../sweep/report.ts';
import { formatPercent, formatQuantity } from './format.ts';
import { formatEstimate, formatInterval } from './interval-text.ts';
import { type TableCell, type TableColumn, type TableSpec, wordCell } from './table-spec.ts';

/** One row for each point that ran, lines one after another. */
export function sweepPoints(report: SweepReport): TableSpec {
  const { axes, metrics, lines, seeds } = report;
  const points = lines.flatMap((line) => line.points);
  const shown = points.filter(({ state }) => state !== 'skipped');
  const left = points.length - shown.length;
  return {
    id: 'sweep_points',
    title: 'Points',
    columns: [
      ...axes.flatMap(axisColumns),
      ...metrics.map(({ key, label, unit, definition }): TableColumn => {
        return { key, label, unit, align: 'right', definition };
      }),
      {
        key: 'state',
        label: 'state',
        align: 'left',
        definition:
          'Whether half of the runs or more were overloaded, what is missing, in which runs nothing was served or measured, and the share of requests that were rejected.',
      },
    ],
    rows: shown.map((point) => [
      ...axes.flatMap((axis, index) => axisCells(axis, point.at[index] ?? 0)),
      ...metrics.map(({ key, unit }): TableCell => {
        const interval = point.metrics[key] ?? null;
        return { value: interval?.mean ?? null, text: formatEstimate(interval, unit) };
      }),
      wordCell(stateText(point, seeds.length)),
    ]),
    notes: [
      `Each number is the mean over ${seeds.length} runs with its 95 % interval.`,
      ...(left > 0
        ? [`${left} of ${points.length} points lie beyond an overloaded one and were left out.`]
        : []),
      ...(shown.some(({ rejected_share }) => rejected_share > 0)
        ? ['Where requests were rejected, latencies are those of the others.']
        : []),
    ],
  };
}

function axisColumns({ key, label, unit, values, set_by }: SweepAxis): TableColumn[] {
  const align = values.every((value) => typeof value === 'number') ? 'right' : 'left';
  if (set_by === undefined) return [{ key, label, unit, align, definition: axisDefinition({ key }) }];
  const by = set_by.key;
  return [
    { key, label, unit, align, definition: axisDefinition({ key, set_by }) },
    { key: by, label: by.slice(by.lastIndexOf('.') + 1), unit: 'count', align, definition: `The key ${by}.` },
  ];
}

/** What the numbers of an axis are. */
export function axisDefinition({ key, set_by }: Pick<SweepAxis, 'key' | 'set_by'>): string {
  return set_by === undefined ? `The key ${key}.` : `Requests per second of the trace at each ${set_by.key}.`;
}

function axisCells({ values, texts, set_by }: SweepAxis, step: number): TableCell[] {
  const value = plainValue(values[step]);
  const own = { value, text: texts[step] ?? '' };
  if (set_by === undefined) return [own];
  return [own, { value: plainValue(set_by.values[step]), text: String(set_by.values[step] ?? '') }];
}

function plainValue(value: SweepValue | undefined): string | number | null {
  return typeof value === 'boolean' ? String(value) : (value ?? null);
}

function stateText(point: SweepPoint, wanted: number): string {
  const { state, overloaded, overloaded_runs, runs, rejected_share } = point;
  if (state === 'failed') return 'failed';
  if (state === 'partial') return `${runs} of ${wanted} runs`;
  const rejected = rejected_share > 0 ? [`${formatPercent(rejected_share)} rejected`] : [];
  if (overloaded) return ['overloaded', ...rejected].join(', ');
  const said = [
    ...(overloaded_runs > 0 ? [`${overloaded_runs} of ${runs} overloaded`] : []),
    ...emptyTexts(point),
    ...rejected,
  ];
  return said.length > 0 ? said.join(', ') : 'ok';
}

/** Runs that say nothing of the latencies: with one of them, a point has none. */
function emptyTexts({ unserved_runs, unmeasured_runs, runs }: SweepPoint): string[] {
  const text = (count: number, all: string, some: string): string[] =>
    count === 0 ? [] : [count === runs ? all : `${count} of ${runs} ${some}`];
  return [
    ...text(unserved_runs, 'none completed', 'with none completed'),
    ...text(unmeasured_runs, 'not measured', 'not measured'),
  ];
}

/** The knee and the largest load of each line; no rows where neither applies. */
export function sweepLimits(report: SweepReport): TableSpec {
  const { lines, x, axes } = report;
  const unit = x === null ? undefined : axes[x]?.unit;
  const known = lines.filter(({ knee, largest_load }) => knee !== null || largest_load !== null);
  return {
    id: 'sweep_limits',
    title: 'Limits',
    columns: [
      { key: 'line', label: 'line', align: 'left', definition: 'What the points of a curve share.' },
      {
        key: 'knee',
        label: 'knee',
        ...(unit === undefined ? {} : { unit }),
        align: 'right',
        definition: 'The point at which load divided by the first latency is largest (Kleinrock’s power).',
      },
      {
        key: 'largest_load',
        label: 'SLO met up to',
        ...(unit === undefined ? {} : { unit }),
        align: 'right',
        definition:
          'The largest load at which 99 % of the requests meet the SLOs, interpolated between points for each seed, with the 95 % interval over the seeds.',
      },
    ],
    rows:
      unit === undefined
        ? []
        : known.map((line) => [
            wordCell(line.name === '' ? 'all' : line.name),
            { value: line.knee, text: formatQuantity(line.knee, unit) },
            { value: largestValue(line), text: largestText(line, unit) },
          ]),
    notes: known.some(({ largest_load }) => largest_load !== null)
      ? [
          'An SLO is met when 99 % of the requests meet it. What had not finished when a run ended misses it: a longer sim_seconds has fewer of them.',
        ]
      : [],
  };
}

function largestValue({ largest_load }: SweepLine): number | null {
  return largest_load?.kind === 'between' ? largest_load.interval.mean : null;
}

/** `2.31 ± 0.05 req/s`, or on which side of the grid it lies. */
export function largestText(
  { largest_load }: Pick<SweepLine, 'largest_load'>,
  unit: NonNullable<TableColumn['unit']>,
): string {
  if (largest_load === null) return formatQuantity(null, unit);
  if (largest_load.kind === 'between') return formatInterval(largest_load.interval, unit);
  return `${largest_load.kind === 'above' ? '≥' : '<'} ${formatQuantity(largest_load.x, unit)}`;
}
