/** Doubles as bits: their hexadecimal form and their distance in units in the last place. */

const view = new DataView(new ArrayBuffer(8));

/** The sixteen hexadecimal digits of a double. */
export function bitsOf(value: number): string {
  view.setFloat64(0, value);
  return view.getBigUint64(0).toString(16).padStart(16, '0');
}

/** How many doubles lie between two numbers of the same sign. */
export function ulpsBetween(a: number, b: number): number {
  if (a === b) return 0;
  if (Math.sign(a) * Math.sign(b) < 0 || Number.isNaN(a + b)) return Number.POSITIVE_INFINITY;
  view.setFloat64(0, Math.abs(a));
  const first = view.getBigUint64(0);
  view.setFloat64(0, Math.abs(b));
  const distance = first - view.getBigUint64(0);
  return Number(distance < 0n ? -distance : distance);
}
