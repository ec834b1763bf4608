/**
 * The result file of `vllm bench serve --save-detailed`, and `.vllm.json` of this program. Knows no fit.
 */
import type { TimedRequest } from '@llmsim/analysis';
import { type Complaints, type Measured, wrongWith } from './measured.ts';

const LISTS = ['input_lens', 'output_lens', 'ttfts', 'itls', 'start_times'] as const;

type List = (typeof LISTS)[number];

/** The requests of a result; null after a complaint. */
export function readVllmResult(text: string, complaints: Complaints): Measured | null {
  const result = parsed(text, complaints);
  if (result === null) return null;
  const lists = listsOf(result, complaints);
  if (lists === null || severalReplicas(result, complaints)) return null;
  const requests: TimedRequest[] = [];
  let failed = 0;
  lists.output_lens.forEach((output_tokens, index) => {
    // vLLM keeps a row of zeros for a request that failed.
    if (output_tokens === 0) {
      failed++;
      return;
    }
    const request = requestAt(lists, index, complaints);
    if (request !== null) requests.push(request);
  });
  if (complaints.lines.length > 0) return null;
  const rows = lists.output_lens.length;
  const { num_prompts } = result;
  const absent = typeof num_prompts === 'number' ? Math.max(0, num_prompts - rows) : 0;
  return { kind: 'requests', requests, left_out: failed + absent };
}

function parsed(text: string, complaints: Complaints): Record<string, unknown> | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    complaints.add('', `this is not JSON, and may be cut short: ${reason}`);
    return null;
  }
  if (isRecord(value)) return value;
  complaints.add('', 'a result of vllm bench serve is one JSON object');
  return null;
}

function listsOf(
  result: Record<string, unknown>,
  complaints: Complaints,
): Record<List, readonly unknown[]> | null {
  const lists = new Map<string, readonly unknown[]>();
  for (const name of LISTS) {
    const list = result[name];
    if (Array.isArray(list)) lists.set(name, list);
  }
  const missing = LISTS.filter((name) => !lists.has(name));
  if (missing.length > 0) {
    complaints.add(
      '',
      `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} missing. Run vllm bench serve with --save-result --save-detailed, in a version that writes start_times.`,
    );
    return null;
  }
  const list = (name: List): readonly unknown[] => lists.get(name) ?? [];
  const { length } = list('output_lens');
  for (const name of LISTS) {
    if (list(name).length !== length) {
      complaints.add(name, `it has ${list(name).length} entries, and output_lens ${length}`);
    }
  }
  if (complaints.lines.length > 0) return null;
  return {
    input_lens: list('input_lens'),
    output_lens: list('output_lens'),
    ttfts: list('ttfts'),
    itls: list('itls'),
    start_times: list('start_times'),
  };
}

function requestAt(
  lists: Record<List, readonly unknown[]>,
  index: number,
  complaints: Complaints,
): TimedRequest | null {
  const before = complaints.lines.length;
  const number = (name: List): number => {
    const value = lists[name][index];
    if (typeof value === 'number' && Number.isFinite(value)) return value;
    complaints.add(`${name}[${index}]`, `it must be a number, got ${JSON.stringify(value)}`);
    return Number.NaN;
  };
  const first_token_s = number('start_times') + number('ttfts');
  const request = {
    prompt_tokens: number('input_lens'),
    output_tokens: number('output_lens'),
    first_token_s,
    completed_s: first_token_s + gapsOf(lists.itls[index], index, complaints),
  };
  if (complaints.lines.length > before) return null;
  const wrong = wrongWith(request);
  if (wrong === null) return request;
  complaints.add(`[${index}]`, wrong);
  return null;
}

/** Seconds from the first token to the last; a streamed chunk may hold several tokens. */
function gapsOf(gaps: unknown, index: number, complaints: Complaints): number {
  if (!Array.isArray(gaps)) {
    complaints.add(`itls[${index}]`, 'it must be a list of numbers');
    return Number.NaN;
  }
  let sum = 0;
  for (const gap of gaps) sum += typeof gap === 'number' ? gap : Number.NaN;
  if (!Number.isFinite(sum)) complaints.add(`itls[${index}]`, 'all of it must be numbers');
  return sum;
}

/** Whether one of our own files holds requests of several replicas, whose steps nobody can tell apart. */
function severalReplicas({ llmsim }: Record<string, unknown>, complaints: Complaints): boolean {
  const report = isRecord(llmsim) ? llmsim.report : undefined;
  const pools = isRecord(report) && Array.isArray(report.pools) ? report.pools : [];
  const replicas = pools.reduce((sum: number, pool: unknown) => {
    const batching = isRecord(pool) ? pool.batching : undefined;
    return sum + (isRecord(batching) && typeof batching.replicas === 'number' ? batching.replicas : 0);
  }, 0);
  if (pools.length === 0 || replicas === 1) return false;
  const of = replicas === 0 ? 'GPUs that do not batch' : `${replicas} replicas`;
  complaints.add('', `it holds a run of ${of}; step times can be fitted to one replica`);
  return true;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
