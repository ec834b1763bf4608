/**
 * The kinds of number a scenario holds, each with the range it may take. Knows no keys.
 * Whole numbers are `multipleOf(1)`: unlike `z.int()`, a fractional one does not hide the other problems of its mapping.
 */
import * as z from 'zod';

/** Beyond any time, rate or number of bytes, and far from where sums of them overflow. */
const MOST = 1e15;

/** Above 0: durations, rates. */
export const positive = (): z.ZodNumber => z.number().positive().max(MOST);

/** At least 0. */
export const notNegative = (): z.ZodNumber => z.number().nonnegative().max(MOST);

/** A whole number from 1 to a billion: tokens, blocks, requests. */
export const count = (): z.ZodNumber => z.number().multipleOf(1).min(1).max(1e9);

/** A whole number of machines, from 1 to a million. */
export const machines = (): z.ZodNumber => z.number().multipleOf(1).min(1).max(1e6);
