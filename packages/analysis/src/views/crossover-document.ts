/** Mono against disagg over a grid as sentences, heatmaps and tables, for any medium. Knows no medium. */

import type { Contest } from '../planning/crossover.ts';
import type { AxisBreakEven, CrossoverPoint, CrossoverReport } from '../planning/map-crossover.ts';
import type { HeatmapCell, HeatmapSpec } from './chart-spec.ts';
import { formatCount, formatQuantity, NO_VALUE } from './format.ts';
import { formatDifference, inPoints } from './interval-text.ts';
import type { AnswerLine, Origin, ResultDocument } from './result-document.ts';
import { shortKeys } from './short-keys.ts';
import { numberCell, type TableCell, type TableColumn, type TableSpec, wordCell } from './table-spec.ts';

export function crossoverDocument(
  report: CrossoverReport,
  { origin }: { readonly origin: readonly Origin[] },
): ResultDocument {
  return {
    kind: 'crossover',
    title: `Mono against disagg on ${formatCount(report.gpus)} GPUs`,
    answer: answerOf(report),
    charts: report.points.length > 0 && report.axes.length > 0 ? heatmaps(report) : [],
    tables: [breakEvenTable(report), pointTable(report)].filter(({ rows }) => rows.length > 0),
    origin,
  };
}

function answerOf(report: CrossoverReport): AnswerLine[] {
  const { points, reading, break_evens, runs, finished } = report;
  const won = (side: Contest['winner']): number =>
    points.filter(({ contest }) => contest?.winner === side).length;
  const compared = points.filter(({ contest }) => contest !== null).length;
  const lines = [
    points.length === 0
      ? 'No point was compared to its end.'
      : compared === 0
        ? `No point can be compared: none has ${reading.label} in every run of both.`
        : `By ${reading.label} disagg is better at ${won('disagg')} of ${compared} points, mono at ${won('mono')}; at ${compared - won('disagg') - won('mono')} no difference was seen.`,
    ...break_evens.map((found) => breakEvenSentence(report, found)),
  ];
  if (break_evens.length === 0 && finished && compared > 0)
    lines.push('No axis has a break-even within its range, the others at their base.');
  lines.push(
    `${formatCount(runs)} simulations; both were given the same requests, and disagg its best split.`,
  );
  if (!finished) lines.push('Stopped before the end: this covers only what had run.');
  return lines.map((text) => ({ text }));
}

function breakEvenSentence({ axes }: CrossoverReport, found: AxisBreakEven): string {
  const { axis, before, after, low_value, high_value } = found;
  const others = axes
    .filter((_, other) => other !== axis)
    .map(({ key, steps, base }) => `${key} ${steps[base]}`);
  const where = others.length === 0 ? '' : ` (at ${others.join(', ')})`;
  const key = axes[axis]?.key ?? '';
  return `Along ${key} ${before} wins up to ${rounded(low_value)} and ${after} from ${rounded(high_value)}${where}.`;
}

function rounded(value: number): string {
  return String(Number(value.toPrecision(3)));
}

/** The difference over the first two axes, one heatmap for each step of the others. */
function heatmaps(report: CrossoverReport): HeatmapSpec[] {
  const [first, second, ...others] = report.axes;
  if (first === undefined) return [];
  const grids = new Map<string, CrossoverPoint[]>();
  for (const point of report.points) {
    const name = others
      .map(({ key, steps }, index) => `${key} ${steps[point.at[index + 2] ?? 0]}`)
      .join(', ');
    grids.set(name, [...(grids.get(name) ?? []), point]);
  }
  const { reading } = report;
  return [...grids].map(
    ([name, points], index): HeatmapSpec => ({
      kind: 'heatmap',
      id: grids.size === 1 ? 'crossover_map' : `crossover_map_${index + 1}`,
      title: `${reading.label}, disagg less mono${name === '' ? '' : `: ${name}`}`,
      x: { label: first.key, categories: first.steps },
      y: { label: second?.key ?? '', categories: second?.steps ?? [''] },
      value: {
        label: `${reading.label}, disagg less mono`,
        unit: reading.unit,
        better: reading.better,
        definition: `${reading.definition} Of the disaggregated cluster less that of the monolithic one, on the same requests.`,
      },
      cells: (second?.steps ?? ['']).map((_, y) =>
        first.steps.map((__, x) =>
          cellOf(
            points.find(({ at }) => at[0] === x && (at[1] ?? 0) === y),
            report,
          ),
        ),
      ),
      notes: ['best: disagg is better. fails: mono is better. Without a mark no difference was seen.'],
    }),
  );
}

function cellOf(point: CrossoverPoint | undefined, { reading }: CrossoverReport): HeatmapCell {
  const contest = point?.contest ?? null;
  if (contest === null) return { value: null, text: NO_VALUE };
  const value = contest.difference.interval.mean;
  const text = inPoints(formatQuantity(value, reading.unit), reading.unit);
  if (contest.winner === null) return { value, text };
  return { value, text, mark: contest.winner === 'disagg' ? 'best' : 'fails' };
}

function column(key: string, label: string, align: 'left' | 'right', definition: string): TableColumn {
  return { key, label, align, definition };
}

function breakEvenTable({ break_evens, axes }: CrossoverReport): TableSpec {
  return {
    id: 'break_evens',
    title: 'Break-even',
    columns: [
      column('key', 'along', 'left', 'The key that moves; the others stay at their base.'),
      column('before', 'wins below', 'left', 'Which is better at smaller values.'),
      column('low', 'up to', 'right', 'The last value at which it was seen to be better.'),
      column('after', 'wins above', 'left', 'Which is better at larger values.'),
      column(
        'high',
        'from',
        'right',
        'The first value at which it was seen to be better; between the two no difference was seen.',
      ),
    ],
    rows: break_evens.map(({ axis, before, after, low_value, high_value }) => [
      wordCell(axes[axis]?.key ?? ''),
      wordCell(before),
      { value: low_value, text: rounded(low_value) },
      wordCell(after),
      { value: high_value, text: rounded(high_value) },
    ]),
    notes: [],
  };
}

function pointTable({ axes, points, reading }: CrossoverReport): TableSpec {
  const names = shortKeys(axes.map(({ key }) => key));
  const number = (key: string, label: string, definition: string): TableColumn => ({
    ...column(key, label, 'right', definition),
    unit: reading.unit,
  });
  return {
    id: 'crossover',
    title: reading.label,
    columns: [
      column('winner', 'better', 'left', 'Which cluster is better; neither where no difference was seen.'),
      ...axes.map(({ key }, axis) => column(key, names[axis] ?? key, 'right', `The value of ${key}.`)),
      { ...column('split', 'split', 'right', 'The best split of the GPUs: prefill + decode.'), detail: true },
      { ...number('mono', 'mono', 'Of the monolithic cluster.'), detail: true },
      { ...number('disagg', 'disagg', 'Of the disaggregated cluster.'), detail: true },
      number(
        'difference',
        'difference',
        'Of disagg less mono, request for request the same, with its 95 % interval.',
      ),
    ],
    rows: points.map(({ at, contest }) => {
      const values = axes.map(({ steps }, axis) => wordCell(steps[at[axis] ?? 0] ?? ''));
      if (contest === null) return [none, ...values, none, none, none, none];
      const { disagg, mono_interval, disagg_interval, difference } = contest;
      return [
        winnerCell(contest),
        ...values,
        wordCell(disagg.servers.join('+')),
        numberCell(mono_interval.mean, reading.unit),
        numberCell(disagg_interval.mean, reading.unit),
        { value: difference.interval.mean, text: formatDifference(difference.interval, reading.unit) },
      ];
    }),
    notes: points.some(({ contest }) => contest?.overloaded)
      ? ['*: a queue grew all along; the numbers depend on the run length.']
      : [],
  };
}

const none: TableCell = { value: null, text: NO_VALUE };

function winnerCell({ winner, overloaded }: Contest): TableCell {
  return { value: winner, text: `${winner ?? 'neither'}${overloaded ? ' *' : ''}` };
}
