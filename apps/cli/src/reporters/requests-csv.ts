/**
 * `--requests`: one row per request, in id order; instants with 17 significant digits, empty where it did not happen.
 */
import { OUTCOMES, type RequestLog } from '@llmsim/engine';
import type { Reporter } from './reporter.ts';

const INSTANTS = [
  'prefill_start_s',
  'prefill_end_s',
  'decode_start_s',
  'first_token_s',
  'completed_s',
] as const;

export const requestsCsv: Reporter = {
  needs_requests: true,
  report({ result: { requests } }, out) {
    out.write(`id,arrival_s,prompt_tokens,output_tokens,outcome,${INSTANTS.join(',')}\n`);
    if (requests === null) return;
    for (let id = 0; id < requests.length; id++) out.write(row(requests, id));
  },
};

function row(requests: RequestLog, id: number): string {
  const instants = INSTANTS.map((column) => instant(requests[column][id]));
  return `${[
    id,
    instant(requests.arrival_s[id]),
    requests.prompt_tokens[id],
    requests.output_tokens[id],
    OUTCOMES[requests.outcome[id] ?? 0],
    ...instants,
  ].join(',')}\n`;
}

function instant(seconds = Number.NaN): string {
  return Number.isNaN(seconds) ? '' : seconds.toPrecision(17);
}
