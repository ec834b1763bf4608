/**
 * `--requests`: one row per request, in id order; instants with 17 significant digits, empty where it did not happen.
 */
import { OUTCOMES, type RequestLog, type SimulationReport } from '@llmsim/engine';
import type { Reporter } from './reporter.ts';

/** One column: its name, and its cell for a request. */
export type Column = readonly [name: string, cell: (requests: RequestLog, id: number) => string];

const REQUEST: readonly Column[] = [
  ['id', (_, id) => String(id)],
  ['arrival_s', (requests, id) => instant(requests.arrival_s[id])],
  ['prompt_tokens', (requests, id) => String(requests.prompt_tokens[id])],
  ['output_tokens', (requests, id) => String(requests.output_tokens[id])],
  ['outcome', (requests, id) => OUTCOMES[requests.outcome[id] ?? 0] ?? ''],
];

const PREFILL_END: Column = ['prefill_end_s', (requests, id) => instant(requests.prefill_end_s[id])];

const LAST: readonly Column[] = [
  ['first_token_s', (requests, id) => instant(requests.first_token_s[id])],
  ['completed_s', (requests, id) => instant(requests.completed_s[id])],
];

const TOKEN_RATE: readonly Column[] = [
  ...REQUEST,
  ['prefill_start_s', (requests, id) => instant(requests.prefill_start_s[id])],
  PREFILL_END,
  ['decode_start_s', (requests, id) => instant(requests.decode_start_s[id])],
  ...LAST,
];

export const requestsCsv: Reporter = {
  needs_requests: true,
  report({ result: { report, requests } }, out) {
    const columns = requestColumns(report);
    out.write(`${columns.map(([name]) => name).join(',')}\n`);
    if (requests === null) return;
    for (let id = 0; id < requests.length; id++) {
      out.write(`${columns.map(([, cell]) => cell(requests, id)).join(',')}\n`);
    }
  },
};

/** The columns that requests of this run have. */
export function requestColumns(report: SimulationReport): readonly Column[] {
  return report.model === 'steps' ? stepsColumns(report) : TOKEN_RATE;
}

/** A replica that prefills and decodes transfers nothing and schedules once: these cells stay empty. */
function stepsColumns({ mode }: SimulationReport): readonly Column[] {
  const between = (column: 'decode_queued_s' | 'decode_start_s'): Column[1] =>
    mode === 'mono' ? () => '' : (requests, id) => instant(requests[column][id]);
  return [
    ...REQUEST,
    ['scheduled_s', (requests, id) => instant(requests.prefill_start_s[id])],
    PREFILL_END,
    ['transfer_end_s', between('decode_queued_s')],
    ['decode_scheduled_s', between('decode_start_s')],
    ...LAST,
    ['preemptions', (requests, id) => String(requests.preemptions[id])],
  ];
}

function instant(seconds = Number.NaN): string {
  return Number.isNaN(seconds) ? '' : seconds.toPrecision(17);
}
