/**
 * A run in which no request completed: its queues may well be stable, and its verdict says what that is worth. Knows no
 * layout.
 */
import type { SimulationReport } from '@llmsim/engine';
import { formatCount } from './format.ts';

/** Why nobody was served, as the end of a sentence; null where somebody was. */
export function nothingServed({ outcomes, pools }: SimulationReport): string | null {
  const { arrivals, completed, rejected } = outcomes;
  if (completed > 0) return null;
  if (arrivals === 0) return 'nothing was served: no request arrived';
  const requests = `${formatCount(arrivals)} ${arrivals === 1 ? 'request' : 'requests'}`;
  if (rejected === arrivals) {
    const neverFit = pools.reduce((sum, { batching }) => sum + (batching?.rejected ?? 0), 0);
    const why = neverFit === rejected ? ', since no replica can ever hold so many tokens' : '';
    return `nothing was served: ${arrivals === 1 ? 'the only request was' : `all ${requests} were`} rejected${why}`;
  }
  const none = arrivals === 1 ? 'the only request was not' : `none of the ${requests} was`;
  return `nothing was served to its end: ${none} done when the run ended`;
}
