/**
 * `.ndjson`: what happened, one JSON object a line, in order of virtual time; the last line is the end of the
 * run, with what it was made from.
 */
import { recordMadeFrom } from './record-document.ts';
import type { Reporter } from './reporter.ts';

export const ndjson: Reporter = {
  watch({ events }, out) {
    const write = (event: string) => (what: object) => out.write(`${JSON.stringify({ event, ...what })}\n`);
    events.arrivals.subscribe(write('arrival'));
    events.rejections.subscribe(write('rejection'));
    events.serviceStarts.subscribe(write('service_start'));
    events.prefillEnds.subscribe(write('prefill_end'));
    events.firstTokens.subscribe(write('first_token'));
    events.completions.subscribe(write('completion'));
    events.poolStates.subscribe(write('pool_state'));
  },
  report(record, out) {
    const { end_s: time_s, finished, verdict, outcomes } = record.result.report;
    const { config_hash, seed, config } = recordMadeFrom(record, out.folder);
    const made_from = { version: record.version, config_hash, seed, config };
    out.write(`${JSON.stringify({ event: 'end', time_s, finished, verdict, outcomes, ...made_from })}\n`);
  },
};
