/**
 * Rows as a Parquet file: a column for each name, of numbers, truth values or texts; what a row lacks is null.
 * Knows no quantity.
 */
import { type BasicType, parquetWriteBuffer } from 'hyparquet-writer';

export type ParquetRow = Readonly<Record<string, string | number | boolean | null>>;

/** The bytes of a file with `rows`, columns in order of appearance. */
export function rowsParquet(rows: readonly ParquetRow[]): Uint8Array {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const columnData = names.map((name) => {
    const cells = rows.map((row) => row[name] ?? null);
    const type = typeOf(cells);
    return { name, type, nullable: true, data: type === 'STRING' ? cells.map(asText) : cells };
  });
  return new Uint8Array(parquetWriteBuffer({ columnData }));
}

/** Columns of one kind keep it; what is mixed or has no value becomes text. */
function typeOf(cells: ReadonlyArray<ParquetRow[string]>): BasicType {
  const kinds = new Set(cells.filter((cell) => cell !== null).map((cell) => typeof cell));
  if (kinds.size === 1 && kinds.has('number')) return 'DOUBLE';
  return kinds.size === 1 && kinds.has('boolean') ? 'BOOLEAN' : 'STRING';
}

function asText(cell: ParquetRow[string]): string | null {
  return cell === null ? null : String(cell);
}
