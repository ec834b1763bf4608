/**
 * How quantiles are kept: `exact` holds every sample (8 bytes a request and metric, type-7 percentiles);
 * `histogram` holds none and is off by at most `HISTOGRAM_RELATIVE_ERROR` of the value.
 */
export type QuantileMethod = 'exact' | 'histogram';
