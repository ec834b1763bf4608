/**
 * Load flags under the names of vLLM's benchmark, as assignments to keys of the configuration.
 * `--set` comes last, so that it wins. Knows no schema.
 */
import { relative, resolve } from 'node:path';
import { UserError } from '../exit-codes.ts';
import { type Assignment, toAssignment } from '../scenario/load.ts';
import type { RunOptions } from './run-options.ts';

export interface AssignmentContext {
  /** Where relative paths of the scenario start. */
  readonly folder: string;
  /** Whether the scenario replays a trace without these flags. */
  readonly replays: boolean;
}

/** @throws UserError for a flag that means nothing here. */
export function assignments(options: RunOptions, { folder, replays }: AssignmentContext): Assignment[] {
  const { trace, traceFormat, requestRate, numPrompts, seed, goodput = [], set = [] } = options;
  const list: Assignment[] = [];
  const assign = (flag: string, path: string, value: string): void =>
    void list.push({ flag, set: `${path}=${value}` });

  if (trace !== undefined) {
    const path = trace === '-' ? trace : relative(folder, resolve(trace));
    // JSON strings are YAML: the path may hold anything.
    assign(`--trace ${trace}`, 'trace', `{path: ${JSON.stringify(path)}}`);
  }
  if (traceFormat !== undefined) assign(`--trace-format ${traceFormat}`, 'trace.format', traceFormat);
  const traced = trace !== undefined || replays;
  if (requestRate !== undefined) {
    if (traced) throw new UserError(`--request-rate ${requestRate} ${NO_RATE}`);
    assign(`--request-rate ${requestRate}`, 'arrival.rate_per_s', requestRate);
  }
  if (numPrompts !== undefined) {
    const flag = `--num-prompts ${numPrompts}`;
    assign(flag, traced ? 'trace.limit' : 'arrival.max_requests', String(numPrompts));
    // Run until the last of them is done.
    assign(flag, 'sim_seconds', '');
  }
  if (seed !== undefined) assign(`--seed ${seed}`, 'random_seed', seed);
  for (const target of goodput) assign(`--goodput ${target}`, ...sloTarget(target));
  return [...list, ...set.map(toAssignment)];
}

const NO_RATE =
  'has no effect on a trace, which brings its own arrivals. Write --set trace.time_scale=0.5 to double their rate.';

/** `ttft:500` → `slo.ttft_s`, `0.5`. */
function sloTarget(text: string): [path: string, seconds: string] {
  const [, name, milliseconds = ''] = /^(ttft|tpot):(.+)$/.exec(text) ?? [];
  const seconds = Number(milliseconds) / 1000;
  if (name === undefined || !(seconds > 0 && seconds < Number.POSITIVE_INFINITY)) {
    throw new UserError(
      `--goodput ${text}: it takes ttft:MS and tpot:MS, such as --goodput ttft:500 tpot:50. Write CONFIG before it.`,
    );
  }
  return [`slo.${name}_s`, String(seconds)];
}
