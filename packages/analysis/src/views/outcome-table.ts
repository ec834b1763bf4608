/** The outcome table: what became of every request that arrived. Knows no formatting. */
import type { Outcomes, SimulationReport } from '@llmsim/engine';
import { numberCell, numberColumn, type TableSpec, termCell, wordCell } from './table-spec.ts';
import type { OutcomeTerm } from './terms.ts';

const OUTCOMES: readonly OutcomeTerm[] = ['completed', 'rejected', 'in_flight', 'arrivals'];

/**
 * Requests by outcome over the whole run; the last row, arrivals, is the sum of the others.
 *
 * @example
 * outcomeTable(simulate(plan).report).rows.at(-1); // arrivals
 */
export function outcomeTable({ outcomes }: SimulationReport): TableSpec {
  const { arrivals } = outcomes;
  return {
    id: 'outcomes',
    title: 'Outcomes',
    columns: [
      {
        key: 'outcome',
        label: 'outcome',
        align: 'left',
        definition: 'How a request stood when the run ended.',
      },
      {
        key: 'requests',
        label: 'requests',
        unit: 'requests',
        align: 'right',
        definition: 'Requests of the whole run, warm-up included.',
      },
      { ...numberColumn('share', 'share', 'share'), definition: 'The part of all arrivals.' },
    ],
    rows: OUTCOMES.map((outcome) => [
      termCell(outcome),
      numberCell(outcomes[outcome], 'requests'),
      numberCell(arrivals > 0 ? outcomes[outcome] / arrivals : null, 'share'),
    ]),
    notes: [],
  };
}

/** Requests by outcome, of all runs of an option together; a row for each option. */
export function outcomesOverRunsTable(
  options: ReadonlyArray<{ readonly name: string; readonly outcomes: Outcomes }>,
): TableSpec {
  return {
    id: 'outcomes',
    title: 'Outcomes of all runs',
    columns: [
      { key: 'option', label: 'option', align: 'left', definition: 'What was run.' },
      ...OUTCOMES.map((outcome) => numberColumn(outcome, outcome, 'requests')),
    ],
    rows: options.map(({ name, outcomes }) => [
      wordCell(name),
      ...OUTCOMES.map((outcome) => numberCell(outcomes[outcome], 'requests')),
    ]),
    notes: [],
  };
}
