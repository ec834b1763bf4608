/** Simulated against closed forms, side by side. Knows no medium. */
import type { SimulationReport } from '@llmsim/engine';
import { type MeanInterval, meanInterval } from '../interval/mean-interval.ts';
import type { Reading } from '../interval/replicate.ts';
import type { TheoryStage, TokenRateTheory } from '../queueing/token-rate-theory.ts';
import { definitions } from './definitions.ts';
import { formatPercent, formatQuantity, NO_VALUE, type Unit } from './format.ts';
import { formatEstimate } from './interval-text.ts';
import type { TableCell, TableColumn, TableSpec } from './table-spec.ts';

interface Quantity {
  readonly label: string;
  readonly definition: string;
  readonly unit: Unit;
  readonly theory: number;
  readonly read: Reading;
}

/** The table of a theory that applies, over one run or several; null for one that does not. */
export function theoryTable(
  theory: TokenRateTheory,
  reports: readonly SimulationReport[],
  level = 0.95,
): TableSpec | null {
  if (!theory.applies) return null;
  const quantities = [
    ...theory.stages.flatMap((stage) => stageQuantities(stage, theory.stages.length > 1)),
    {
      label: 'mean TTFT',
      definition: definitions.ttft_s.definition,
      unit: 's' as const,
      theory: theory.mean_ttft_s,
      read: ({ ttft_s }: SimulationReport) => ttft_s.mean,
    },
  ];
  return {
    id: 'theory',
    title: 'Against theory',
    columns,
    rows: quantities.map((quantity) => row(quantity, reports, level)),
    notes: theory.stages.map(domainSentence),
  };
}

const right = (key: string, label: string, definition: string): TableColumn => ({
  key,
  label,
  align: 'right',
  definition,
});

const columns: readonly TableColumn[] = [
  { key: 'quantity', label: 'quantity', align: 'left', definition: 'A mean that theory knows.' },
  right('simulated', 'simulated', 'Over the measurement windows of the runs, with the interval of the mean.'),
  right('theory', 'by theory', 'In the long run, by the formula in the note.'),
  { ...right('off', 'off', 'By how much the simulated mean differs from that of theory.'), unit: 'share' },
];

function stageQuantities(stage: TheoryStage, several: boolean): Quantity[] {
  const of = (read: (pool: SimulationReport['pools'][number]) => number | null): Reading => {
    return ({ pools }) => {
      const pool = pools.find(({ name }) => name === stage.pool);
      return pool === undefined ? null : read(pool);
    };
  };
  const name = several ? `, ${stage.pool}` : '';
  const named = (term: 'utilization' | 'waiting_mean_s' | 'mean_queue_length') => ({
    label: `${definitions[term].label}${name}`,
    definition: definitions[term].definition,
  });
  return [
    {
      ...named('utilization'),
      unit: 'share',
      theory: stage.utilization,
      read: of(({ utilization }) => utilization),
    },
    {
      ...named('waiting_mean_s'),
      unit: 's',
      theory: stage.mean_waiting_s,
      read: of(({ waiting_s }) => waiting_s.mean),
    },
    {
      ...named('mean_queue_length'),
      unit: 'requests',
      theory: stage.mean_queue_length,
      read: of(({ mean_queue_length }) => mean_queue_length),
    },
  ];
}

function row(
  { label, definition, unit, theory, read }: Quantity,
  reports: readonly SimulationReport[],
  level: number,
): TableCell[] {
  const values = reports.map(read).filter((value) => value !== null);
  const complete = values.length === reports.length && values.length > 0;
  const mean = complete ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
  const interval: MeanInterval | null = complete && values.length > 1 ? meanInterval(values, level) : null;
  const off = mean === null || theory === 0 ? null : mean / theory - 1;
  return [
    { value: label, text: label, definition },
    { value: mean, text: interval === null ? formatQuantity(mean, unit) : formatEstimate(interval, unit) },
    { value: theory, text: formatQuantity(theory, unit) },
    { value: off, text: off === null ? NO_VALUE : formatPercent(off) },
  ];
}

function domainSentence({ pool, law, exact, service_scv, arrival_scv, servers }: TheoryStage): string {
  const scv = `SCV of gaps ${arrival_scv.toFixed(2)}, of services ${service_scv.toFixed(2)}`;
  const how = exact
    ? 'Pollaczek and Khinchine, exact in the long run'
    : `Allen and Cunneen, an approximation${servers > 1 ? ' for several servers' : ''}`;
  return `The ${pool} pool is ${law} (${scv}): ${how}.`;
}
