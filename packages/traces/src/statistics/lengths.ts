/** How long prompts or outputs are. Knows no times. */
import { quantile } from '@llmsim/engine';
import { meanAndStd } from './moments.ts';

/** Lengths in tokens; `std` divides by n, percentiles are type 7. */
export interface LengthStatistics {
  readonly mean: number;
  readonly std: number;
  readonly min: number;
  readonly p50: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

export function lengthStatistics(tokens: Int32Array): LengthStatistics {
  const ascending = tokens.toSorted();
  return {
    ...meanAndStd(tokens),
    min: quantile(ascending, 0),
    p50: quantile(ascending, 0.5),
    p90: quantile(ascending, 0.9),
    p95: quantile(ascending, 0.95),
    p99: quantile(ascending, 0.99),
    max: quantile(ascending, 1),
  };
}
