/**
 * Rules over several keys of one mapping. Each runs whenever the keys it reads are sound, so that one run of the
 * schema finds every problem. Knows no particular rule.
 */
import * as z from 'zod';

/** What a broken rule says: the key to blame, the rule with the numbers, the way out. */
export interface Broken<Key extends string> {
  readonly blame: Key;
  readonly message: string;
  readonly fix: string;
  /** Where to point when the blamed key was left to its default. */
  readonly besides?: Key;
}

/**
 * A check that reads `keys` of a mapping and stays silent while one of them has a problem of its own.
 *
 * @example
 * z.strictObject({ p50: positive(), p90: positive() }).check(
 *   rule(['p50', 'p90'], ({ p50, p90 }: Percentiles) => (p90 > p50 ? null : { blame: 'p90', message, fix })),
 * );
 */
export function rule<Value extends object, Key extends string & keyof Value>(
  keys: readonly Key[],
  broken: (value: Pick<Value, Key>) => Broken<Key> | null,
): z.core.$ZodCheck<Value> {
  return z.superRefine<Value>(
    (value, context) => {
      const found = broken(value);
      if (found === null) return;
      const { blame, message, fix, besides } = found;
      context.addIssue({ code: 'custom', path: [blame], message, params: { fix, besides } });
    },
    {
      when: ({ value, issues }) =>
        typeof value === 'object' &&
        value !== null &&
        !issues.some(
          ({ path, code }) => code !== 'unrecognized_keys' && (path === undefined || path.length === 0),
        ) &&
        !issues.some(({ path }) => keys.some((key) => key === path?.[0])),
    },
  );
}
