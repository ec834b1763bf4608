/** The tables of a comparison: every option with intervals, and the paired differences. Knows no medium. */
import type { OptionResult, ReadingOverRuns } from '../compare/comparison.ts';
import type { NamedReading } from '../readings.ts';
import { formatPercent, formatQuantity, NO_VALUE } from './format.ts';
import { formatDifference, formatEstimate } from './interval-text.ts';
import { type TableCell, type TableColumn, type TableSpec, wordCell } from './table-spec.ts';

const LEVEL = 'as often as the level of the intervals says';

/** The readings that any option has a number for. */
function shownReadings(options: readonly OptionResult[], readings: readonly NamedReading[]): NamedReading[] {
  return readings.filter(({ key }) =>
    options.some((option) => readingOf(option, key)?.values.some((value) => value !== null)),
  );
}

/** A row for each reading, a column for each option. */
export function comparisonTable(
  options: readonly OptionResult[],
  readings: readonly NamedReading[],
): TableSpec {
  return {
    id: 'comparison',
    title: options.length === 1 ? 'Over all runs' : 'Side by side',
    columns: [
      metricColumn,
      ...options.map(
        ({ name }): TableColumn => ({
          key: name,
          label: name,
          align: 'right',
          definition: `The mean over the runs ± half of an interval that holds the true mean ${LEVEL}; for a share whose interval would pass 0 or 100 %, its ends.`,
        }),
      ),
    ],
    rows: shownReadings(options, readings).map((reading) => [
      readingCell(reading),
      ...options.map((option) => intervalCell(readingOf(option, reading.key), reading)),
    ]),
    notes: [],
  };
}

/** A row for each reading of an option against the first; null when no reading of both has an interval. */
export function differenceTable(
  option: OptionResult,
  against: OptionResult,
  readings: readonly NamedReading[],
): Omit<TableSpec, 'id'> | null {
  const rows = shownReadings([option, against], readings).flatMap((reading) => {
    const difference = readingOf(option, reading.key)?.difference ?? null;
    if (difference === null) return [];
    const { interval, relative, seen } = difference;
    return [
      [
        readingCell(reading),
        { value: interval.mean, text: formatDifference(interval, reading.unit) },
        { value: relative, text: formatPercent(relative) },
        wordCell(seen ? (interval.mean > 0 ? 'higher' : 'lower') : 'no difference seen'),
      ],
    ];
  });
  if (rows.length === 0) return null;
  return {
    title: `${option.name} less ${against.name}`,
    columns: [
      metricColumn,
      {
        key: 'difference',
        label: 'difference',
        align: 'right',
        definition: `The mean of the differences seed by seed ± half of an interval that holds the true one ${LEVEL}; of shares in percentage points, pp.`,
      },
      {
        key: 'relative',
        label: 'relative',
        unit: 'share',
        align: 'right',
        definition: `The difference as a share of the mean of ${against.name}.`,
      },
      {
        key: 'seen',
        label: 'says',
        align: 'left',
        definition: 'No difference is seen when the interval holds zero; more runs may show one.',
      },
    ],
    rows,
    notes: [],
  };
}

const metricColumn: TableColumn = {
  key: 'metric',
  label: 'metric',
  align: 'left',
  definition: 'A number of the report.',
};

export function readingOf({ readings }: OptionResult, key: string): ReadingOverRuns | undefined {
  return readings.find((reading) => reading.key === key);
}

function readingCell({ key, label, definition }: NamedReading): TableCell {
  return { value: key, text: label, definition };
}

/** With one run only its number; with a run that has none, nothing. */
function intervalCell(found: ReadingOverRuns | undefined, { unit }: NamedReading): TableCell {
  if (found?.interval) return { value: found.interval.mean, text: formatEstimate(found.interval, unit) };
  const [only = null] = found?.values.length === 1 ? found.values : [];
  return only === null ? { value: null, text: NO_VALUE } : { value: only, text: formatQuantity(only, unit) };
}
