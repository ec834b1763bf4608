/** Bytes in words. Knows nothing else. */

/** `16.06 GB`, in units of 10⁹ bytes; below 10 MB in `MB`. */
export function gigabytes(bytes: number): string {
  if (Math.abs(bytes) < 1e7) return `${(bytes / 1e6).toFixed(2)} MB`;
  return `${(bytes / 1e9).toFixed(2)} GB`;
}
