/** The splits of a number of GPUs as sentences, heatmap and table, for any medium. Knows no medium. */
import { candidateName } from '../planning/space.ts';
import type { SplitReport, SplitResult } from '../planning/splits.ts';
import type { HeatmapCell, HeatmapSpec } from './chart-spec.ts';
import { formatCount, formatPercent, formatQuantity, formatRate, NO_VALUE } from './format.ts';
import {
  CANDIDATE_COLUMN,
  causeOf,
  cutOff,
  describeServers,
  REASON_COLUMN,
  reasonCell,
} from './plan-names.ts';
import type { AnswerLine, Origin, ResultDocument } from './result-document.ts';
import { numberCell, numberColumn, type TableCell, type TableSpec, wordCell } from './table-spec.ts';

export function splitDocument(
  report: SplitReport,
  { gpus, origin }: { readonly gpus: number; readonly origin: readonly Origin[] },
): ResultDocument {
  return {
    kind: 'split',
    title: `Splits of ${formatCount(gpus)} GPUs`,
    answer: answerOf(report),
    charts: report.results.length > 0 ? [splitHeatmap(report)] : [],
    tables: [bestTable(report), splitTable(report)].filter(({ rows }) => rows.length > 0),
    origin,
  };
}

function answerOf(report: SplitReport): AnswerLine[] {
  const { best, attain, reading, runs, finished } = report;
  const lines: AnswerLine[] = [];
  if (best !== null) {
    const at = formatRate(best.rate_per_s, 'req/s');
    const value = `${reading.label} ${formatQuantity(best.interval?.mean ?? null, reading.unit)}`;
    const others = alikeOf(report, best);
    const alike = others.length === 0 ? '' : `; no difference seen to ${others.join(', ')}`;
    const asked = attain === null ? '' : `${formatPercent(attain)} of the requests`;
    if (attain === null)
      lines.push({ text: `Best at ${at}: ${describeServers(best.candidate)}, ${value}${alike}.` });
    else if (best.passes === true) {
      const text = `${describeServers(best.candidate)} meet the SLOs for ${asked} up to ${at}, the largest rate here that any split does${alike}.`;
      lines.push({ text, met: true });
    } else if (best.reason === null) {
      lines.push({ text: `Best at ${at}: ${describeServers(best.candidate)}, ${value}${alike}.` });
    } else {
      const text = `No split meets the SLOs for ${asked}, even at ${at}. The best is ${describeServers(best.candidate)}, ${value}: ${causeOf(best.reason, best.evidence)}${alike}.`;
      lines.push({ text, met: false });
    }
  } else if (report.results.length > 0) {
    lines.push({ text: `No split can be judged: no rate has ${reading.label} in every run.` });
  }
  if (attain !== null) lines.push(...cutOff(best?.evidence).map((text) => ({ text })));
  lines.push(...unjudged(report));
  lines.push({ text: `${formatCount(runs)} simulations; all splits were given the same requests.` });
  if (!finished) lines.push({ text: 'Stopped before the end: this covers only what had run.' });
  return lines;
}

/** Where only some of the runs had a request to judge. Where none had, the sentence before says it. */
function unjudged({ attain, best, results, rates_per_s }: SplitReport): AnswerLine[] {
  if (attain === null || best === null) return [];
  const rates = rates_per_s.filter((rate) =>
    results.some(({ rate_per_s, passes }) => rate_per_s === rate && passes === null),
  );
  if (rates.length === 0) return [];
  const at = rates.map((rate) => formatRate(rate, 'req/s')).join(', ');
  return [
    {
      text: `At ${at} nothing is judged by the SLOs: in one run at least no request arrived in the measurement window.`,
    },
  ];
}

function alikeOf({ results }: SplitReport, best: SplitResult): string[] {
  return results
    .filter((other) => other.rate_per_s === best.rate_per_s && other.alike && !other.best)
    .map(({ candidate }) => candidate.servers.join('+'));
}

/** The reading over split and rate, the best of each rate marked, then what fails or is overloaded. */
export function splitHeatmap({ results, splits, rates_per_s, reading }: SplitReport): HeatmapSpec {
  const found = new Map(
    results.map((result) => [`${candidateName(result.candidate)} ${result.rate_per_s}`, result]),
  );
  return {
    kind: 'heatmap',
    id: 'splits_heatmap',
    title: `${reading.label} by split and rate`,
    x: { label: 'req/s', categories: rates_per_s.map((rate) => String(rate)) },
    y: { label: 'prefill + decode', categories: splits.map(({ servers }) => servers.join('+')) },
    value: {
      label: reading.label,
      unit: reading.unit,
      better: reading.better,
      definition: reading.definition,
    },
    cells: splits.map((candidate) =>
      rates_per_s.map((rate) => heatmapCell(found.get(`${candidateName(candidate)} ${rate}`), reading)),
    ),
    notes: ['best: the best split of its rate, even where it fails. fails: too many requests miss an SLO.'],
  };
}

function heatmapCell(result: SplitResult | undefined, { unit }: SplitReport['reading']): HeatmapCell {
  if (result === undefined) return { value: null, text: NO_VALUE };
  const { interval, best, reason } = result;
  const value = interval?.mean ?? null;
  const text = formatQuantity(value, unit);
  if (best) return { value, text, mark: 'best' };
  if (reason === null) return { value, text };
  return { value, text, mark: reason === 'overloaded' ? 'overloaded' : 'fails' };
}

/** The best split of each rate. */
function bestTable(report: SplitReport): TableSpec {
  const { reading, results } = report;
  return {
    id: 'splits_best',
    title: 'Best split',
    columns: [
      { key: 'rate_per_s', label: 'rate', unit: 'req/s', align: 'right', definition: 'Requests per second.' },
      CANDIDATE_COLUMN,
      {
        key: reading.key,
        label: reading.label,
        unit: reading.unit,
        align: 'right',
        definition: reading.definition,
      },
      REASON_COLUMN,
      {
        key: 'alike',
        label: 'no difference seen',
        align: 'left',
        definition: 'Splits that the paired difference over the seeds does not tell from the best.',
      },
    ],
    rows: results
      .filter(({ best }) => best)
      .map((best) => [
        numberCell(best.rate_per_s, 'req/s'),
        wordCell(candidateName(best.candidate)),
        numberCell(best.interval?.mean ?? null, reading.unit),
        judgedCell(best, report),
        wordCell(alikeOf(report, best).join(' ')),
      ]),
    notes: [],
  };
}

/** Every split at the rate of the answer: what it reads, by what it fails, and which pool is busiest. */
function splitTable(report: SplitReport): TableSpec {
  const { results, reading, attain, best } = report;
  const judged = attain !== null && reading.key !== 'attainment';
  return {
    id: 'splits',
    title: best === null ? 'Splits' : `At ${formatRate(best.rate_per_s, 'req/s')}`,
    columns: [
      CANDIDATE_COLUMN,
      {
        key: reading.key,
        label: reading.label,
        unit: reading.unit,
        align: 'right',
        definition: reading.definition,
      },
      {
        key: 'half_width',
        label: '±',
        unit: reading.unit,
        align: 'right',
        definition: 'Half the width of the 95 % interval over the seeds.',
      },
      ...(judged ? [numberColumn('attainment', 'attainment', 'share')] : []),
      REASON_COLUMN,
      { key: 'busiest', label: 'busiest', align: 'left', definition: 'The pool that is most utilised.' },
      numberColumn('utilization', 'utilization', 'share'),
    ],
    rows: results
      .filter(({ rate_per_s }) => rate_per_s === best?.rate_per_s)
      .map((result) => {
        const { candidate, interval, evidence, busiest } = result;
        return [
          wordCell(candidateName(candidate)),
          numberCell(interval?.mean ?? null, reading.unit),
          numberCell(interval?.half_width ?? null, reading.unit),
          ...(judged ? [numberCell(result.passes === null ? null : evidence.attainment, 'share')] : []),
          judgedCell(result, report),
          wordCell(busiest),
          numberCell(evidence.pools.find(({ pool }) => pool === busiest)?.utilization ?? null, 'share'),
        ];
      }),
    notes: [],
  };
}

/** By what a split fails; empty where it passes, or without SLOs. */
function judgedCell({ passes, reason }: SplitResult, { attain }: SplitReport): TableCell {
  if (attain === null || passes !== null) return reasonCell(reason, false);
  return {
    value: null,
    text: 'not judged',
    definition: 'In one run at least no request arrived in the measurement window.',
  };
}
