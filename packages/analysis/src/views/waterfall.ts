/**
 * Requests below each other, each as a row of its stages on one time axis. Knows no drawing.
 */
import type { RequestLog } from '@llmsim/engine';
import type { BarChartSpec, ChartBar } from './chart-spec.ts';
import { definitions } from './definitions.ts';
import { requestStages } from './request-stages.ts';

export interface WaterfallOptions {
  /** Which requests, in the order of the rows. */
  readonly ids: readonly number[];
  /** Until when the run went, seconds: where those still in the system are cut. */
  readonly end_s: number;
}

/**
 * What each of some requests went through, and when.
 *
 * @example
 * waterfall(result.requests, { ids: [0, 1, 2], end_s: result.report.end_s });
 */
export function waterfall(log: RequestLog, { ids, end_s }: WaterfallOptions): BarChartSpec {
  const bars = ids.flatMap((id) =>
    requestStages(log, id, end_s).map(
      ({ stage, from_s, to_s }): ChartBar => ({
        label: `#${id}`,
        from: from_s,
        to: to_s,
        series: definitions[stage].label,
      }),
    ),
  );
  const cut = ids.some((id) => log.outcome[id] === 0);
  return {
    kind: 'bars',
    id: 'request_waterfall',
    title: 'Requests',
    value: {
      label: 'time',
      unit: 's',
      scale: 'linear',
      definition: 'Virtual seconds since the start of the run.',
    },
    bars,
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
