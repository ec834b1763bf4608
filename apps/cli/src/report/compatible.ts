/** Which versions of the program write results that this one reads. */
import { version } from '../version.ts';

/** Those with the same first number, and while it is 0 with the same second. */
export function compatible(other: string, own: string = version): boolean {
  const [major, minor] = own.split('.');
  const [otherMajor, otherMinor] = other.split('.');
  return major === otherMajor && (major !== '0' || minor === otherMinor);
}
