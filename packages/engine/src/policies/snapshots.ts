/** When what is seen at intervals was seen last. */

/** The greatest k with k·refresh_s ≤ now, as the floats are. */
export function snapshotsBy(now: number, refresh_s: number): number {
  const k = Math.floor(now / refresh_s);
  if (k * refresh_s > now) return k - 1;
  return (k + 1) * refresh_s <= now ? k + 1 : k;
}
