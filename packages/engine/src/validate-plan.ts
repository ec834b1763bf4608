/**
 * Refuses a plan that cannot be run, with all reasons at once. Knows no YAML: the names are those of the plan.
 */
import type { ReplayWorkload, SimulationPlan } from './plan.ts';
import { shapeProblems } from './plan-shape.ts';
import type { PrefixBlocks } from './records/prefix-blocks.ts';

/** @throws RangeError that lists every problem of the plan. */
export function validatePlan(plan: SimulationPlan): void {
  const shape = [...shapeProblems(plan)];
  const problems = shape.length > 0 ? shape : [...timeProblems(plan), ...workloadProblems(plan)];
  if (problems.length > 0) throw new RangeError(`The plan cannot be run: ${problems.join('; ')}`);
}

function* timeProblems({ sim_seconds, warmup_seconds = 0, slo = {} }: SimulationPlan): Generator<string> {
  if (sim_seconds !== undefined && !isPositive(sim_seconds)) {
    yield `sim_seconds must be positive and finite, got ${sim_seconds}`;
  }
  if (!(warmup_seconds >= 0 && warmup_seconds < Number.POSITIVE_INFINITY)) {
    yield `warmup_seconds must be at least 0 and finite, got ${warmup_seconds}`;
  }
  if (sim_seconds !== undefined && isPositive(sim_seconds) && warmup_seconds >= sim_seconds) {
    yield `warmup_seconds (${warmup_seconds}) must be less than sim_seconds (${sim_seconds})`;
  }
  for (const name of ['ttft_s', 'tpot_s'] as const) {
    const target = slo[name];
    if (target !== undefined && !isPositive(target))
      yield `slo.${name} must be positive and finite, got ${target}`;
  }
}

function* workloadProblems({ workload, sim_seconds }: SimulationPlan): Generator<string> {
  if (workload.kind === 'replay') {
    yield* replayProblems(workload);
    return;
  }
  if (workload.kind === 'closed_loop') {
    yield* countProblems('concurrency', workload.concurrency);
    yield* countProblems('max_requests', workload.max_requests);
    return;
  }
  const { max_requests } = workload;
  if (max_requests !== undefined) yield* countProblems('max_requests', max_requests);
  if (sim_seconds === undefined && max_requests === undefined) {
    yield 'a generated workload needs sim_seconds or max_requests to end';
  }
}

function* countProblems(name: string, count: number): Generator<string> {
  if (!(Number.isInteger(count) && count >= 1)) {
    yield `${name} must be a whole number of at least 1, got ${count}`;
  }
}

function* replayProblems(columns: ReplayWorkload): Generator<string> {
  const { arrival_s, prompt_tokens, output_tokens, session } = columns;
  const rows = arrival_s.length;
  if (prompt_tokens.length !== rows || output_tokens.length !== rows) {
    yield `columns differ in length: ${rows} arrivals, ${prompt_tokens.length} prompts, ${output_tokens.length} outputs`;
    return;
  }
  if (session !== undefined && session.length !== rows) {
    yield `columns differ in length: ${rows} arrivals, ${session.length} sessions`;
    return;
  }
  if (columns.hash_ids !== undefined) yield* prefixProblems(columns.hash_ids, rows);
  let before = 0;
  for (let row = 0; row < rows; row++) {
    const at = arrival_s[row] ?? Number.NaN;
    if (!(at >= before && at < Number.POSITIVE_INFINITY)) {
      yield `row ${row}: arrival_s must be finite and not before ${before}, got ${at}`;
      return;
    }
    before = at;
    for (const [name, column] of [
      ['prompt_tokens', prompt_tokens],
      ['output_tokens', output_tokens],
    ] as const) {
      const count = column[row] ?? Number.NaN;
      if (!(Number.isInteger(count) && count >= 1 && count < 2 ** 31)) {
        yield `row ${row}: ${name} must be a whole number of at least 1 and below 2^31, got ${count}`;
        return;
      }
    }
    const its = session === undefined ? -1 : (session[row] ?? Number.NaN);
    if (!(Number.isInteger(its) && its >= -1 && its < 2 ** 31)) {
      yield `row ${row}: session must be a whole number of at least -1 and below 2^31, got ${its}`;
      return;
    }
  }
}

function* prefixProblems({ block_size, offsets, ids }: PrefixBlocks, rows: number): Generator<string> {
  if (!(Number.isInteger(block_size) && block_size >= 1 && block_size <= MOST_BLOCK_SIZE)) {
    yield `hash_ids.block_size must be a whole number from 1 to ${MOST_BLOCK_SIZE}, got ${block_size}`;
  }
  if (offsets.length !== rows + 1) {
    yield `hash_ids.offsets must be one more than the ${rows} arrivals, got ${offsets.length}`;
    return;
  }
  for (let row = 0; row <= rows; row++) {
    const offset = offsets[row] ?? 0;
    const least = row === 0 ? 0 : (offsets[row - 1] ?? 0);
    if (!(offset >= least && offset <= ids.length)) {
      yield `row ${row}: hash_ids.offsets must rise from 0 to at most ${ids.length}, got ${offset}`;
      return;
    }
  }
  const negative = ids.findIndex((id) => id < 0);
  if (negative >= 0) yield `hash_ids.ids must be at least 0, got ${ids[negative]}`;
}

/** Beyond any block, and small enough that ids and places in a block make exact keys. */
const MOST_BLOCK_SIZE = 2 ** 20;

function isPositive(value: number): boolean {
  return value > 0 && value < Number.POSITIVE_INFINITY;
}
