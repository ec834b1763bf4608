/**
 * Numbers as the command line of vLLM takes them. Knows no meaning.
 */

/** Flags that take `8k`: `human_readable_int` in vllm/engine/arg_utils.py. */
const WITH_UNIT: ReadonlySet<string> = new Set(['max-num-batched-tokens']);

/** Small letters are powers of ten, capital ones of two. */
const UNITS: ReadonlyMap<string, number> = new Map([
  ['', 1],
  ['k', 1e3],
  ['m', 1e6],
  ['K', 2 ** 10],
  ['M', 2 ** 20],
]);

/** The number after a flag; null when vLLM would take none. */
export function numberAfter(flag: string, value: string | boolean): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([kKmM]?)$/.exec(String(value)) ?? [];
  const factor = UNITS.get(unit);
  if (digits === undefined || factor === undefined) return null;
  if (unit === '') return Number(digits);
  const whole = /[a-z]/.test(unit) || !digits.includes('.');
  return WITH_UNIT.has(flag) && whole ? Math.floor(Number(digits) * factor) : null;
}
