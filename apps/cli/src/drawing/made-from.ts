/** What a result was made from and runs again by, for every format. Knows no format. */
import type { ParquetRow } from './rows-parquet.ts';

export interface MadeFrom {
  /** The scenario, or what a comparison calls it. */
  readonly name: string;
  readonly config_hash: string;
  /** The first seed. */
  readonly seed: number;
  /** The whole configuration, with paths that start where the result lies. */
  readonly config: object;
}

/**
 * Rows with what each was made from: the only configuration, or the one that the row's `option` names.
 *
 * @param version - of the program
 */
export function rowsMadeFrom(
  rows: readonly ParquetRow[],
  made_from: readonly MadeFrom[],
  version: string,
): ParquetRow[] {
  const [first, ...others] = made_from;
  return rows.map((row) => {
    const of = others.length === 0 ? first : made_from.find(({ name }) => name === row.option);
    return { ...row, seed: of?.seed ?? null, version, config_hash: of?.config_hash ?? null };
  });
}
