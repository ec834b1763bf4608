/** The breakdown table: which parts make up the mean TTFT and the TTFT of the slowest. Knows no formatting of numbers. */
import type { SimulationReport, TtftBreakdown, TtftParts } from '@llmsim/engine';
import { formatCount, formatSeconds } from './format.ts';
import {
  numberCell,
  numberColumn,
  type TableCell,
  type TableColumn,
  type TableSpec,
  termCell,
} from './table-spec.ts';
import type { TtftPartTerm } from './terms.ts';

const PARTS: readonly TtftPartTerm[] = [
  'prefill_queue_s',
  'prefill_s',
  'transfer_wait_s',
  'transfer_s',
  'decode_queue_s',
  'first_decode_step_s',
];

/**
 * Parts of TTFT in seconds and as shares, for the mean and for the tail about p99, with their sums. Parts that the
 * architecture does not have are left out.
 *
 * @example
 * breakdownTable(simulate(plan).report).rows.at(-1); // TTFT: the sum of the rows above
 */
export function breakdownTable(report: SimulationReport): TableSpec {
  const { breakdown } = report;
  const parts = PARTS.filter((part) => hasPart(report, part));
  const sides = [breakdown?.mean, breakdown?.tail];
  return {
    id: 'breakdown',
    title: 'Where TTFT went',
    columns: columns(breakdown),
    rows: [
      ...parts.map((part) => [
        termCell(part),
        ...sides.flatMap((side) => secondsAndShare(side, (of) => of[part])),
      ]),
      [
        { value: 'ttft_s', text: 'TTFT', definition: 'The sum of its parts.' },
        ...sides.flatMap((side) => secondsAndShare(side, sumOf)),
      ],
    ],
    notes: [],
  };
}

function columns(breakdown: TtftBreakdown | null): readonly TableColumn[] {
  const tail =
    breakdown === null
      ? 'The average over the requests about p99 TTFT and above.'
      : `The average over the ${formatCount(breakdown.tail.count)} requests with a TTFT of ${formatSeconds(breakdown.tail.from_ttft_s)} or more: p99 and above.`;
  return [
    {
      key: 'part',
      label: 'part',
      align: 'left',
      definition: 'A stretch of time between arrival and first token.',
    },
    {
      key: 'mean_s',
      label: 'mean',
      unit: 's',
      align: 'right',
      definition: 'The average over all TTFT samples.',
    },
    { ...numberColumn('mean_share', 'share', 'share'), definition: 'The part of the mean TTFT.' },
    { key: 'tail_s', label: 'p99 tail', unit: 's', align: 'right', definition: tail },
    { ...numberColumn('tail_share', 'share', 'share'), definition: 'The part of the mean TTFT of the tail.' },
  ];
}

/**
 * Prefill has a queue everywhere, and a disaggregated cluster a decode queue even when it was empty; in a batch that
 * prefills and decodes, prefill gives the first token. Elsewhere a part that is 0 does not exist.
 */
function hasPart({ mode, model, breakdown }: SimulationReport, part: TtftPartTerm): boolean {
  if (part === 'prefill_queue_s' || part === 'prefill_s') return true;
  if (part === 'decode_queue_s' && mode === 'disagg') return true;
  if (part === 'first_decode_step_s' && !(mode === 'mono' && model === 'steps')) return true;
  return breakdown !== null && (breakdown.mean[part] > 0 || breakdown.tail[part] > 0);
}

function sumOf(parts: TtftParts): number {
  return PARTS.reduce((sum, part) => sum + parts[part], 0);
}

function secondsAndShare(
  parts: TtftParts | undefined,
  read: (parts: TtftParts) => number,
): readonly TableCell[] {
  if (parts === undefined) return [numberCell(null, 's'), numberCell(null, 'share')];
  const sum_s = sumOf(parts);
  return [numberCell(read(parts), 's'), numberCell(sum_s > 0 ? read(parts) / sum_s : null, 'share')];
}
