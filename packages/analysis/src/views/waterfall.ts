/**
 * Requests below each other, each as a row of its stages on one time axis. Knows no drawing.
 */
import type { RequestLog } from '@llmsim/engine';
import type { BarChartSpec, ChartBar } from './chart-spec.ts';
import { definitions } from './definitions.ts';
import { requestStages, stageNames } from './request-stages.ts';

export interface WaterfallOptions {
  /** Which requests, in the order of the rows. */
  readonly ids: readonly number[];
  /** Until when the run went, seconds: where those still in the system are cut. */
  readonly end_s: number;
  /** Where time starts: at the arrival of each request, to compare them, or at the first arrival of them all. */
  readonly since: 'each_arrival' | 'first_arrival';
}

/**
 * What each of some requests went through, and when.
 *
 * @example
 * waterfall(result.requests, { ids: [0, 1, 2], end_s: result.report.end_s, since: 'first_arrival' });
 */
export function waterfall(log: RequestLog, { ids, end_s, since }: WaterfallOptions): BarChartSpec {
  const arrival = (id: number): number => log.arrival_s[id] ?? 0;
  const first_s = ids.reduce((least, id) => Math.min(least, arrival(id)), Number.POSITIVE_INFINITY);
  const bars = ids.flatMap((id) => {
    const start_s = since === 'each_arrival' ? arrival(id) : first_s;
    return requestStages(log, id, end_s).map(
      ({ stage, from_s, to_s }): ChartBar => ({
        label: `#${id}`,
        from: from_s - start_s,
        to: to_s - start_s,
        series: definitions[stage].label,
      }),
    );
  });
  const cut = ids.some((id) => log.outcome[id] === 0);
  return {
    kind: 'bars',
    id: 'request_waterfall',
    title: 'Requests',
    value: {
      label: since === 'each_arrival' ? 'since its arrival' : 'since the first arrival shown',
      unit: 's',
      scale: 'linear',
      definition:
        since === 'each_arrival'
          ? 'Virtual seconds since the request arrived.'
          : 'Virtual seconds since the earliest request shown arrived.',
    },
    bars,
    series: stageNames,
    notes: cut ? ['Requests still in the system when the run ended are cut there.'] : [],
  };
}

/**
 * The ids of the requests with the longest TTFT, the longest first.
 *
 * @param count - how many at most
 */
export function slowestRequests(log: RequestLog, count: number): number[] {
  const ttft_s = (id: number): number => (log.first_token_s[id] ?? 0) - (log.arrival_s[id] ?? 0);
  return Array.from({ length: log.length }, (_, id) => id)
    .filter((id) => ttft_s(id) >= 0)
    .sort((a, b) => ttft_s(b) - ttft_s(a) || a - b)
    .slice(0, count);
}
