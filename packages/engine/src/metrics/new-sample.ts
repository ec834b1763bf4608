/**
 * Chooses how a sample is kept. Knows no metric by name.
 */
import { ExactSample } from './exact-sample.ts';
import { HistogramSample } from './histogram-sample.ts';
import type { QuantileMethod } from './quantile-method.ts';
import type { Sample } from './sample.ts';

export function newSample(method: QuantileMethod): Sample {
  return method === 'exact' ? new ExactSample() : new HistogramSample();
}
