/**
 * The word that leaves the warm-up to MSER-5, and who asks for it. Knows no schema, so that a page that runs a checked
 * scenario need not load one.
 */
export const AUTO = 'auto';

/** Seconds, or `auto`. */
export type WarmupSeconds = number | 'auto';

/** Whether the warm-up is to be chosen from a pilot run, see `compile`. */
export function hasAutoWarmUp({ warmup_seconds }: { readonly warmup_seconds: WarmupSeconds }): boolean {
  return warmup_seconds === AUTO;
}
