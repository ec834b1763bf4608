/**
 * What a trace format is: which columns it has, what its times mean and how a request is written in it.
 * Knows no particular format.
 */
import type { Row } from '../rows/row.ts';

export type TraceFormatName = 'azure' | 'burstgpt' | 'csv' | 'jsonl' | 'mooncake' | 'sharegpt' | 'vllm';

/** One request, to be written. */
export interface TraceRequest {
  /** Its row, from 0. */
  readonly id: number;
  readonly arrival_s: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
  readonly session?: number;
  readonly hash_ids?: Int32Array;
}

/** How a format says when a request arrives. */
export interface TimeColumn {
  /** What a good cell holds, to follow "must be". */
  readonly rule: string;
  /** The finest difference between two times that the format as written here can say, seconds; 0: any. */
  readonly resolution_s: number;
  /** True when times are dates: the first request of the file is then at 0. */
  readonly absolute: boolean;
  /** A reader of the arrival field, in seconds; NaN for a cell that breaks the rule. One reader serves one file. */
  reader(): (row: Row) => number;
}

/** Ids of the prompt's blocks of tokens. */
export interface HashIdColumn {
  readonly name: string;
  /** Tokens in a block, usually. */
  readonly block_size: number;
  /** True when the format fixes the block size, so that ids of other blocks cannot be written. */
  readonly fixed: boolean;
}

export interface TraceFormat {
  readonly name: TraceFormatName;
  readonly container: 'csv' | 'jsonl';
  /** Whose format it is, in a few words. */
  readonly description: string;
  readonly columns: {
    readonly arrival: string;
    readonly prompt_tokens: string;
    readonly output_tokens: string;
    readonly hash_ids?: HashIdColumn;
    /** The conversation a request belongs to: any text or number; a file or a row may lack it. */
    readonly session?: string;
  };
  readonly time: TimeColumn;
  /** True when a row with 0 output tokens is a failed request, to be skipped. Otherwise it is a mistake. */
  readonly zero_output_is_failure?: true;
  /** Only found when asked for by name: its columns belong to another format too. */
  readonly never_guessed?: true;
  /** The header of a CSV file, with the column of sessions or without. */
  header?(sessions: boolean): string;
  /** A request as a line, without the line end. */
  line(request: TraceRequest): string;
}

/** The names of the columns that every row must have, in the order of the fields. */
export function requiredColumns({ columns }: TraceFormat): readonly string[] {
  return [columns.arrival, columns.prompt_tokens, columns.output_tokens];
}

/** The columns that are read, by the number of their field. */
export function fieldNames(format: TraceFormat): readonly string[] {
  const { hash_ids, session } = format.columns;
  return [
    ...requiredColumns(format),
    ...(hash_ids === undefined ? [] : [hash_ids.name]),
    ...(session === undefined ? [] : [session]),
  ];
}

/** A session in a CSV cell, empty for none. */
export function sessionCell(session: number): string {
  return session < 0 ? '' : String(session);
}
