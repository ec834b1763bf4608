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
  // Numbers are sorted ten times as fast as rows by a comparison.
  const ascending = new Float64Array(values).sort();
  const rank_of = new Map<number, number>();
  for (let from = 0; from < ascending.length; ) {
    const value = ascending[from] ?? 0;
    let to = from;
    while (ascending[to] === value) to++;
    rank_of.set(value, (from + to - 1) / 2);
    from = to;
  }
  const rank = new Float64Array(values.length);
  for (let i = 0; i < rank.length; i++) rank[i] = rank_of.get(values[i] ?? 0) ?? 0;
  return rank;
}
