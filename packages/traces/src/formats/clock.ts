/**
 * Times that are plain numbers counted from the start of the trace. Knows no dates.
 */
import { ARRIVAL } from '../rows/row.ts';
import type { TimeColumn } from './format.ts';

/** Seconds, whole or not. */
export const seconds: TimeColumn = {
  rule: 'a number of seconds of at least 0',
  resolution_s: 0,
  absolute: false,
  reader: () => (row) => row.number(ARRIVAL),
};

/** Milliseconds, written as whole numbers. */
export const milliseconds: TimeColumn = {
  rule: 'a number of milliseconds of at least 0',
  resolution_s: 0.001,
  absolute: false,
  reader: () => (row) => row.number(ARRIVAL) / 1000,
};

export function wholeMilliseconds(arrival_s: number): number {
  return Math.round(arrival_s * 1000);
}
