/**
 * The kinds of number a scenario holds, each with the range it may take. Knows no keys.
 * Whole numbers are `multipleOf(1)`: unlike `z.int()`, a fractional one does not hide the other problems of its mapping.
 */
import * as z from 'zod';

/** Finite and above 0: durations, rates. */
export const positive = (): z.ZodNumber => z.number().positive();

/** Finite and at least 0. */
export const notNegative = (): z.ZodNumber => z.number().nonnegative();

/** A whole number from 1 to a billion: tokens, blocks, requests. */
export const count = (): z.ZodNumber => z.number().multipleOf(1).min(1).max(1e9);

/** A whole number of machines, from 1 to a million. */
export const machines = (): z.ZodNumber => z.number().multipleOf(1).min(1).max(1e6);
