/** The link table: what moved between pools, and how much of the network that took. Knows no formatting. */
import type { LinkReport, SimulationReport } from '@llmsim/engine';
import type { Unit } from './format.ts';
import { numberCell, numberColumn, type TableSpec, wordCell, wordColumn } from './table-spec.ts';
import type { LinkTerm } from './terms.ts';

interface LinkColumn {
  readonly term: LinkTerm;
  readonly unit: Unit;
  readonly read: (link: LinkReport) => number | null;
}

const COLUMNS: readonly LinkColumn[] = [
  { term: 'transfers', unit: 'transfers', read: ({ transfers }) => transfers },
  { term: 'transferred_bytes', unit: 'bytes', read: ({ bytes }) => bytes },
  { term: 'transferred_bytes_per_s', unit: 'bytes/s', read: ({ bytes_per_s }) => bytes_per_s },
  { term: 'mean_transfers', unit: 'transfers', read: ({ mean_transfers }) => mean_transfers },
  { term: 'utilization_from_nic', unit: 'share', read: (link) => link.utilization_from_nic },
  { term: 'utilization_to_nic', unit: 'share', read: (link) => link.utilization_to_nic },
  { term: 'utilization_fabric', unit: 'share', read: (link) => link.utilization_fabric },
];

/**
 * One row for each link between pools, none where KV moves in no time. A share stands there only where a link has
 * what it is a share of.
 *
 * @example
 * linkTable(simulate(plan).report).rows.length; // 0 for a monolithic cluster
 */
export function linkTable({ links }: SimulationReport): TableSpec {
  const columns = COLUMNS.filter(
    ({ term, read }) => !term.startsWith('utilization') || links.some((link) => read(link) !== null),
  );
  return {
    id: 'links',
    title: 'Links',
    columns: [wordColumn('link', 'link'), ...columns.map(({ term, unit }) => numberColumn(term, term, unit))],
    rows: links.map((link) => [
      wordCell(`${link.from} → ${link.to}`),
      ...columns.map(({ read, unit }) => numberCell(read(link), unit)),
    ]),
    notes: [],
  };
}
