/** Which versions of llmsim write results that this one reads. */

/**
 * Those with the same first number, and while it is 0 with the same second.
 *
 * @example
 * compatible('0.3.1', '0.3.0'); // true
 */
export function compatible(other: string, own: string): boolean {
  const [major, minor] = own.split('.');
  const [otherMajor, otherMinor] = other.split('.');
  return major === otherMajor && (major !== '0' || minor === otherMinor);
}
