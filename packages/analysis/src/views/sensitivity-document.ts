/** What moves a reading, as sentences, chart and table, for any medium. Knows no medium. */
import type { NamedReading } from '../readings.ts';
import type { BootstrapInterval } from '../sensitivity/bootstrap.ts';
import type { Screening } from '../sensitivity/morris.ts';
import type { OneAtATime, Swing } from '../sensitivity/one-at-a-time.ts';
import type { Decomposition } from '../sensitivity/sobol.ts';
import type { ChartBar } from './chart-spec.ts';
import { formatCount, formatPercent, formatQuantity } from './format.ts';
import { formatDifference, formatEstimate } from './interval-text.ts';
import type { AnswerLine, Origin, ResultDocument } from './result-document.ts';
import { fixFirst, formatElasticity, plain, unsureOrder } from './sensitivity-sentence.ts';
import { shortKeys } from './short-keys.ts';
import { type TableCell, type TableColumn, type TableSpec, wordCell } from './table-spec.ts';

export interface SensitivityDocumentOptions {
  readonly title: string;
  readonly reading: NamedReading;
  readonly origin: readonly Origin[];
  /** Whether a key can be changed by who runs the cluster; absent: every key can. */
  readonly fixable?: (key: string) => boolean;
}

type Described = SensitivityDocumentOptions;

/** A tornado with elasticities. */
export function oneAtATimeDocument(result: OneAtATime, of: Described): ResultDocument {
  const { base, swings, seeds } = result;
  const known = swings.filter(({ at_low, at_high }) => at_low !== null || at_high !== null);
  const bars = known.flatMap(({ key, at_low, at_high }): ChartBar[] =>
    base === null
      ? []
      : [
          ...(at_low === null ? [] : [{ label: key, from: base.mean, to: at_low.mean, series: 'low end' }]),
          ...(at_high === null
            ? []
            : [{ label: key, from: base.mean, to: at_high.mean, series: 'high end' }]),
        ],
  );
  const label = of.reading.label;
  return {
    ...common(of),
    answer: [
      ...fixFirst(result, of.reading, of.fixable).map((text) => ({ text })),
      {
        text:
          base === null && seeds.length >= 2
            ? `${label} is not known at the base: no run there measured it.`
            : `${label} is ${formatEstimate(base, of.reading.unit)} at the base, over ${seeds.length} seeds.`,
      },
      ...cautions(result),
    ],
    charts:
      base === null || bars.length === 0
        ? []
        : [
            {
              kind: 'bars',
              id: 'tornado',
              title: `${label} at the ends of each range`,
              value: { label, unit: of.reading.unit, scale: 'linear', definition: of.reading.definition },
              bars,
              base: { label: 'base', value: base.mean },
              notes: [],
            },
          ],
    tables: [tornadoTable(swings, of.reading)],
  };
}

function tornadoTable(swings: readonly Swing[], { unit, label }: NamedReading): TableSpec {
  const names = shortKeys(swings.map(({ key }) => key));
  return {
    id: 'swings',
    title: 'One at a time',
    columns: [
      keyColumn,
      {
        ...column('range', 'range', 'From where to where the key was moved, all others at the base.'),
        detail: true,
      },
      column(
        'low_effect',
        'low end',
        `By how much ${label} changes at the low end of the range, on the same seeds.`,
      ),
      column(
        'high_effect',
        'high end',
        `By how much ${label} changes at the high end of the range, on the same seeds.`,
      ),
      {
        ...column('elasticity', 'elasticity', `Percent that ${label} changes for one percent of the key.`),
        detail: true,
      },
    ],
    rows: swings.map(({ key, low, high, low_effect, high_effect, elasticity }, index) => [
      keyCell(key, names[index]),
      wordCell(`${rounded(low)} to ${rounded(high)}`),
      ...[low_effect, high_effect].map(
        (effect): TableCell => ({
          value: effect?.interval.mean ?? null,
          text: formatDifference(effect?.interval ?? null, unit),
        }),
      ),
      {
        value: elasticity?.mean ?? null,
        text: formatElasticity(elasticity),
      },
    ]),
    notes: [],
  };
}

/** Elementary effects. */
export function morrisDocument(result: Screening, of: Described): ResultDocument {
  const { effects, trajectories } = result;
  const { label, unit } = of.reading;
  const [first] = effects;
  const names = shortKeys(effects.map(({ key }) => key));
  const text =
    first === undefined || trajectories < 2
      ? 'Too few walks were complete to say anything.'
      : `${first.key} matters most: through its range ${label} changes by ${ends(first.mu_star, (value) => formatQuantity(value, unit))} on average.`;
  return {
    ...common(of),
    answer: [
      { text },
      ...(trajectories < 2 ? [] : unsureOrder(effects.map(({ key, mu_star }) => ({ key, ...mu_star })))),
      { text: `${formatCount(trajectories)} walks were complete.` },
      ...cautions(result),
    ],
    charts: [],
    tables: [
      {
        id: 'morris',
        title: 'Elementary effects',
        columns: [
          keyColumn,
          column(
            'mu_star',
            'μ*',
            'Mean size of the effect of moving through the range: how much it matters.',
          ),
          { ...column('mu', 'μ', 'Mean effect with its sign: which way it works.'), detail: true },
          column('sigma', 'σ', 'Spread of the effects: interaction with others, or a bend.'),
        ],
        rows: effects.map(({ key, mu_star, mu, sigma }, index) => [
          keyCell(key, names[index]),
          { value: mu_star.estimate, text: ends(mu_star, (value) => formatQuantity(value, unit)) },
          { value: mu, text: formatQuantity(mu, unit) },
          { value: sigma, text: formatQuantity(sigma, unit) },
        ]),
        notes: ['Intervals in brackets are by bootstrap, 95 %.'],
      },
    ],
  };
}

/** Shares of the variance. */
export function sobolDocument(result: Decomposition, of: Described): ResultDocument {
  const { indices, luck, rows } = result;
  const [first] = indices;
  const names = shortKeys(indices.map(({ key }) => key));
  const text =
    first === undefined || rows < 2
      ? 'Too few rows were complete to say anything.'
      : `${first.key} explains most: ${formatPercent(first.first.estimate)} of the variance of ${of.reading.label} alone, ${formatPercent(first.total.estimate)} with its interactions.`;
  return {
    ...common(of),
    answer: [
      { text },
      ...(rows < 2 ? [] : unsureOrder(indices.map(({ key, total }) => ({ key, ...total })))),
      {
        text: `The seed alone explains ${ends(luck, formatPercent)}; ${formatCount(rows)} rows were complete.`,
      },
      ...cautions(result),
    ],
    charts: [],
    tables: [
      {
        id: 'sobol',
        title: 'Shares of the variance',
        columns: [
          keyColumn,
          column('first', 'alone', 'Share of the variance that goes away once the key is fixed.'),
          column(
            'total',
            'with interactions',
            'Share of the variance that stays when all but the key are fixed.',
          ),
        ],
        rows: indices.map(({ key, first: alone, total }, index) => [
          keyCell(key, names[index]),
          { value: alone.estimate, text: ends(alone, formatPercent) },
          { value: total.estimate, text: ends(total, formatPercent) },
        ]),
        notes: ['Intervals in brackets are by bootstrap, 95 %; an estimate near 0 may fall below it.'],
      },
    ],
  };
}

function common({ title, origin }: Described): Pick<ResultDocument, 'kind' | 'title' | 'origin'> {
  return { kind: 'sensitivity', title, origin };
}

function cautions({ failed, finished }: Pick<OneAtATime, 'failed' | 'finished'>): AnswerLine[] {
  return [
    ...(failed.length === 0
      ? []
      : [{ text: `Of the runs ${formatCount(failed.length)} failed, which do not count.` }]),
    ...(finished ? [] : [{ text: 'Partial: it was interrupted, and covers what was complete.' }]),
  ];
}

const keyColumn: TableColumn = {
  key: 'key',
  label: 'key',
  align: 'left',
  definition: 'A key of the configuration.',
};

function column(key: string, label: string, definition: string): TableColumn {
  return { key, label, align: 'right', definition };
}

/** A key under a short name. */
function keyCell(key: string, name = key): TableCell {
  return { value: key, text: name, ...(name === key ? {} : { definition: key }) };
}

/** An end of a range; what is no whole number as exactly as one looks at it. */
function rounded(value: number): string {
  return plain(Number.isInteger(value) ? value : Number(value.toPrecision(4)));
}

/** `208 [197, 220] ms`: the unit once where all three have the same. */
function ends({ estimate, low, high }: BootstrapInterval, format: (value: number) => string): string {
  const [middle = '', ...rest] = [estimate, low, high].map(format);
  const unit = / \S+$/.exec(middle)?.[0];
  if (unit === undefined || !rest.every((text) => text.endsWith(unit)))
    return `${middle} [${rest.join(', ')}]`;
  const [number, ...numbers] = [middle, ...rest].map((text) => text.slice(0, -unit.length));
  return `${number} [${numbers.join(', ')}]${unit}`;
}
