/** Whether two columns go together. Knows no traces. */
import { meanAndStd } from './moments.ts';

/** Pearson's correlation, from −1 to 1; null when a column is constant. */
export function pearson(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  const a = meanAndStd(x);
  const b = meanAndStd(y);
  if (!(a.std > 0 && b.std > 0)) return null;
  let sum = 0;
  for (let i = 0; i < x.length; i++) sum += ((x[i] ?? 0) - a.mean) * ((y[i] ?? 0) - b.mean);
  return Math.max(-1, Math.min(1, sum / x.length / (a.std * b.std)));
}

/** Spearman's rank correlation: Pearson's of the ranks, ties sharing their mean rank. */
export function spearman(x: ArrayLike<number>, y: ArrayLike<number>): number | null {
  return pearson(ranks(x), ranks(y));
}

/** The rank of every value, from 0. */
function ranks(values: ArrayLike<number>): Float64Array {
  const order = Uint32Array.from(values, (_, i) => i);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const rank = new Float64Array(values.length);
  for (let from = 0; from < order.length; ) {
    const value = values[order[from] ?? 0];
    let to = from;
    while (to < order.length && values[order[to] ?? 0] === value) to++;
    for (let i = from; i < to; i++) rank[order[i] ?? 0] = (from + to - 1) / 2;
    from = to;
  }
  return rank;
}
