/**
 * How large a run will be, before it runs: requests, backlog, memory. Rough on purpose, from means only.
 * Knows no machine: the caller says how much memory there is.
 */
import type { ReplayWorkload } from '@llmsim/engine';
import { echoOf } from './distributions.ts';
import { poolLoads } from './pool-loads.ts';
import { type Problem, unplaced } from './problem.ts';
import type { TokenDistribution } from './schema/distribution.ts';
import type { ScenarioConfig } from './schema/scenario.ts';

/** Exact quantiles: nine samples of 8 bytes a request (TTFT, TPOT, ITL, E2E, waiting and service times). */
const EXACT_BYTES_PER_REQUEST = 72;
/** A kept request: six instants of 8 bytes, two lengths of 4, one outcome. */
const ROW_BYTES = 57;
/** A request in the system: its record and its place in a queue. */
const IN_SYSTEM_BYTES = 120;

export interface SizeOptions {
  /** The requests of `config.trace`, already read. */
  readonly trace?: ReplayWorkload;
  /** Whether one row per request is kept. Default false. */
  readonly keep_requests?: boolean;
}

/** What a run is expected to need. */
export interface SizeEstimate {
  /** Requests that arrive. */
  readonly requests: number;
  /** Requests still waiting at the end, because more work arrives than the GPUs do. */
  readonly backlog: number;
  /** Memory that grows with requests, bytes, and what takes it. */
  readonly bytes: number;
  readonly bytes_by_use: {
    readonly exact_quantiles: number;
    readonly request_rows: number;
    readonly requests_in_system: number;
  };
}

/** Estimates a run from its mean rate and mean lengths. */
export function estimate(config: ScenarioConfig, options: SizeOptions = {}): SizeEstimate {
  const load = loadOf(config, options.trace);
  const backlog = Math.min(load.requests, backlogOf(config, load));
  const bytes_by_use = {
    exact_quantiles: config.quantiles === 'exact' ? load.requests * EXACT_BYTES_PER_REQUEST : 0,
    request_rows: options.keep_requests === true ? load.requests * ROW_BYTES : 0,
    requests_in_system: backlog * IN_SYSTEM_BYTES,
  };
  const bytes = bytes_by_use.exact_quantiles + bytes_by_use.request_rows + bytes_by_use.requests_in_system;
  return { requests: load.requests, backlog, bytes, bytes_by_use };
}

/**
 * A problem when the run would need more memory than `limit_bytes`, naming what takes it and the way out.
 *
 * @example
 * const tooLarge = checkSize(config, 2e9);
 * if (tooLarge !== null) console.error(formatProblem(locate(tooLarge, scenario)));
 */
export function checkSize(
  config: ScenarioConfig,
  limit_bytes: number,
  options: SizeOptions = {},
): Problem | null {
  const { requests, bytes, bytes_by_use } = estimate(config, options);
  if (bytes <= limit_bytes) return null;
  const uses = [
    { use: 'exact quantiles', bytes: bytes_by_use.exact_quantiles, fix: 'write quantiles: histogram' },
    { use: 'the rows of all requests', bytes: bytes_by_use.request_rows, fix: 'keep no request rows' },
    {
      use: 'requests waiting in queues that only grow',
      bytes: bytes_by_use.requests_in_system,
      fix: 'add GPUs or replicas',
    },
  ].sort((a, b) => b.bytes - a.bytes);
  const [largest] = uses;
  const lower = config.trace === undefined ? 'lower arrival.rate_per_s or sim_seconds' : 'set trace.limit';
  return unplaced({
    path: config.trace === undefined ? ['arrival', 'rate_per_s'] : ['trace', 'path'],
    message:
      `about ${rounded(requests)} requests would need ${inBytes(bytes)} of memory, ` +
      `${inBytes(largest?.bytes ?? 0)} of it for ${largest?.use}; ${inBytes(limit_bytes)} is available`,
    fix: `To fit, ${lower}, or ${largest?.fix}.`,
  });
}

interface Load {
  readonly requests: number;
  readonly seconds: number;
  readonly prompt_tokens: number;
  readonly output_tokens: number;
}

function loadOf(config: ScenarioConfig, trace: ReplayWorkload | undefined): Load {
  const limit_s = config.sim_seconds ?? Number.POSITIVE_INFINITY;
  if (config.trace !== undefined) {
    if (trace === undefined) return { requests: 0, seconds: 0, prompt_tokens: 1, output_tokens: 1 };
    const rows = trace.arrival_s.length;
    const seconds = Math.min(limit_s, trace.arrival_s[rows - 1] ?? 0);
    let requests = 0;
    while (requests < rows && (trace.arrival_s[requests] ?? 0) < limit_s) requests++;
    return {
      requests,
      seconds,
      prompt_tokens: meanOf(trace.prompt_tokens, requests),
      output_tokens: meanOf(trace.output_tokens, requests),
    };
  }
  const lengths = {
    prompt_tokens: meanTokens(config.prompt_tokens),
    output_tokens: meanTokens(config.output_tokens),
  };
  const { arrival } = config;
  // Clients that wait never send more than is served: the length of the run follows.
  if (arrival.process === 'closed_loop')
    return { requests: arrival.max_requests, seconds: Infinity, ...lengths };
  const { rate_per_s, max_requests = Number.POSITIVE_INFINITY } = arrival;
  const requests = Math.min(rate_per_s * limit_s, max_requests);
  return { requests, seconds: requests / rate_per_s, ...lengths };
}

/** Requests that arrive while the busiest pool is full: what comes in less what it serves. */
function backlogOf(config: ScenarioConfig, { requests, seconds, ...lengths }: Load): number {
  const served = poolLoads(config, requests / seconds, lengths).map(
    ({ capacity_rps }) => capacity_rps * seconds,
  );
  return Math.max(0, requests - Math.min(Number.POSITIVE_INFINITY, ...served));
}

function meanTokens(distribution: TokenDistribution): number {
  const { log, real } = echoOf(distribution);
  return Math.max(real.mean, log?.min_value ?? 1);
}

function meanOf(column: ArrayLike<number>, rows: number): number {
  let sum = 0;
  for (let row = 0; row < rows; row++) sum += column[row] ?? 0;
  return rows === 0 ? 1 : sum / rows;
}

function rounded(requests: number): string {
  return requests < 1e6
    ? String(Math.round(requests))
    : Number(requests.toPrecision(2)).toExponential().replace('+', '');
}

function inBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
  let unit = 0;
  let value = bytes;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${Number(value.toPrecision(2))} ${units[unit]}`;
}
