/**
 * Where a curve of latency against load bends: the knee. Knows no runs.
 */
import type { ChartPoint } from '../views/chart-spec.ts';

/**
 * The load at which load / latency is largest, of the points given; null when that is the first or the last of them, so
 * that the knee may lie beyond. For M/M/1 and mean time in the system it is half the service rate.
 * L. Kleinrock, "Power and deterministic rules of thumb for probabilistic problems in computer communications",
 * International Conference on Communications (1979).
 *
 * @param curve - load and latency, load ascending
 * @example
 * kneeOf([[1, 1 / 9], [5, 1 / 5], [9, 1]]); // 5
 */
export function kneeOf(curve: readonly ChartPoint[]): number | null {
  const power = curve.map(([load, latency]) => load / latency);
  const largest = power.indexOf(Math.max(...power));
  if (largest <= 0 || largest === curve.length - 1) return null;
  return curve[largest]?.[0] ?? null;
}
