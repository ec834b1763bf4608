/**
 * The axis along which a sweep varies its load: the rate of arrivals, or that of a trace, which its time scale sets. Runs
 * nothing.
 */
import { offeredLoad } from '../scenario/offered-load.ts';
import type { Axis } from '../vary/axes.ts';
import type { PreparedPoint } from './sweep-points.ts';

const RATE = 'arrival.rate_per_s';
const SCALE = 'trace.time_scale';

export interface LoadAxis {
  /** Position among the axes; -1 where none is load. */
  readonly axis: number;
  /** Requests per second of a trace at each step; null for rates of arrivals, which the axis itself has. */
  readonly rates: readonly number[] | null;
}

/** Keys that move together with others are no load alone; nor is a time scale of traces that differ otherwise. */
export function loadAxis(axes: readonly Axis[], points: ReadonlyMap<string, PreparedPoint>): LoadAxis {
  const alone = (key: string): number =>
    axes.findIndex(({ variations }) => variations.length === 1 && variations[0].path === key);
  const axis = alone(SCALE);
  if (axis === -1) return { axis: alone(RATE), rates: null };
  const rates = Array.from({ length: axes[axis]?.length ?? 0 }, (_, step) => rateAt(axis, step, points));
  return rates.every((rate) => rate !== null) ? { axis, rates } : { axis: -1, rates: null };
}

/** The one rate of all points at a step; null when they differ or have none. */
function rateAt(axis: number, step: number, points: ReadonlyMap<string, PreparedPoint>): number | null {
  const rates = [...points].flatMap(([at, point]) => {
    if (at.split(',')[axis] !== String(step) || 'error' in point) return [];
    const { config, traceOf } = point;
    return [offeredLoad(config, traceOf(config.random_seed)).rate_per_s];
  });
  const [first = null] = rates;
  return rates.every((rate) => rate === first) ? first : null;
}
