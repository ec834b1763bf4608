/** `.parquet`: the columns of the CSV files with their types, for notebooks and databases. */
import { rowsParquet } from '../drawing/rows-parquet.ts';
import type { Reporter } from './reporter.ts';
import { requestColumns } from './requests-csv.ts';
import { summaryRow } from './summary-csv.ts';

/** The run in one row. */
export const summaryParquet: Reporter = {
  report: (record, out) => out.write(rowsParquet([summaryRow(record)])),
};

/** One row for each request. */
export const requestsParquet: Reporter = {
  needs_requests: true,
  report({ result: { report, requests } }, out) {
    const columns = requestColumns(report);
    const rows = Array.from({ length: requests?.length ?? 0 }, (_, id) =>
      Object.fromEntries(
        columns.map(([name, cell]) => {
          const text = requests === null ? '' : cell(requests, id);
          if (name === 'outcome') return [name, text];
          return [name, text === '' ? null : Number(text)];
        }),
      ),
    );
    out.write(rowsParquet(rows));
  },
};
