/**
 * Formats of one's own: the generic ones with other column names and another unit of time.
 * Knows no rows.
 */
import { ARRIVAL } from '../rows/row.ts';
import type { TimeColumn, TraceFormat } from './format.ts';
import { csv, jsonl } from './generic.ts';
import { timestamps } from './timestamp.ts';

const UNITS = {
  s: { name: 'seconds', per_s: 1 },
  ms: { name: 'milliseconds', per_s: 1e3 },
  us: { name: 'microseconds', per_s: 1e6 },
  ns: { name: 'nanoseconds', per_s: 1e9 },
} as const;

/**
 * A trace with column names of its own; the format of what is read is then `csv` or `jsonl`.
 *
 * @example
 * const gateway: OwnTraceFormat = {
 *   container: 'jsonl',
 *   columns: { arrival: 'ts', prompt_tokens: 'tokens_in', output_tokens: 'tokens_out', session: 'user' },
 *   arrival_unit: 'ms',
 *   since_1970: true,
 * };
 */
export interface OwnTraceFormat {
  readonly container: 'csv' | 'jsonl';
  /** Names of columns, or of keys at the top of each line; a file or a row may lack `session`. */
  readonly columns: {
    readonly arrival: string;
    readonly prompt_tokens: string;
    readonly output_tokens: string;
    readonly session?: string;
  };
  /** What arrivals are written in; `date`: as dates with times, such as `2023-11-16 18:15:46.680` or ISO 8601. */
  readonly arrival_unit: keyof typeof UNITS | 'date';
  /** Whether numbers count from 1970, so that the first request of the file is at 0. Default false. */
  readonly since_1970?: boolean;
  /** Whether a row with 0 output tokens is a failed request, to be skipped. Default false: it is a mistake. */
  readonly zero_output_is_failure?: boolean;
}

/** @throws RangeError that says what of the format has no meaning. */
export function ownFormat(own: OwnTraceFormat): TraceFormat {
  const { container, columns, arrival_unit, since_1970 = false, zero_output_is_failure = false } = own;
  const generic = [csv, jsonl].find((format) => format.container === container);
  if (generic === undefined) throw new RangeError(`format.container must be csv or jsonl, got ${container}`);
  const { arrival, prompt_tokens, output_tokens } = columns;
  const names = Object.entries({ arrival, prompt_tokens, output_tokens });
  for (const [name, column] of names) {
    if (typeof column === 'string' && column !== '') continue;
    throw new RangeError(`format.columns.${name} must be the name of a column, got ${column}`);
  }
  if (new Set(names.map(([, column]) => column)).size < names.length) {
    throw new RangeError(
      `format.columns must name different columns, got ${Object.values(columns).join(', ')}`,
    );
  }
  return {
    name: generic.name,
    container,
    description: `${generic.description} with columns of its own`,
    columns,
    time: arrival_unit === 'date' ? timestamps : numbers(arrival_unit, since_1970),
    ...(zero_output_is_failure ? { zero_output_is_failure } : {}),
    line: generic.line,
  };
}

function numbers(arrival_unit: keyof typeof UNITS, absolute: boolean): TimeColumn {
  const unit = UNITS[arrival_unit];
  if (unit === undefined) {
    throw new RangeError(`format.arrival_unit must be s, ms, us, ns or date, got ${arrival_unit}`);
  }
  return {
    rule: `a number of ${unit.name} of at least 0`,
    resolution_s: 0,
    absolute,
    reader: () => {
      let start = absolute ? Number.NaN : 0;
      return (row) => {
        const time = row.number(ARRIVAL);
        // Subtracted before it is divided: the large number is exact, the quotient is rounded.
        if (Number.isNaN(start)) start = time;
        return (time - start) / unit.per_s;
      };
    },
  };
}
