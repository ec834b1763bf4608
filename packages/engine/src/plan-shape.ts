/**
 * What in a plan is not of its type: what only a caller without types can write. Knows no ranges.
 */
import { given } from './given.ts';
import type { SimulationPlan } from './plan.ts';

/** The parts of a plan as they come from JavaScript. */
type Loose<T> = { readonly [Name in keyof T]?: unknown };

const LAWS = {
  interarrival_s: 'exponential(2)',
  prompt_tokens: 'constant(512)',
  output_tokens: 'constant(128)',
} as const;

const COLUMNS = ['arrival_s', 'prompt_tokens', 'output_tokens'] as const;

/** A workload of whatever kind. */
type AnyWorkload = Record<'kind' | keyof typeof LAWS | (typeof COLUMNS)[number], unknown>;

/** What is not of its type, each with what it should be. */
export function* shapeProblems(plan: unknown): Generator<string> {
  if (!isObject<SimulationPlan>(plan)) {
    yield `a plan is an object with a workload and an architecture, got ${given(plan)}`;
    return;
  }
  yield* workloadShape(plan.workload);
  yield* architectureShape(plan.architecture);
  for (const name of ['sim_seconds', 'warmup_seconds'] as const) {
    const seconds = plan[name];
    if (seconds !== undefined && typeof seconds !== 'number') {
      yield `${name} must be a number of seconds, got ${given(seconds)}`;
    }
  }
  const { seed = 0, slo = {}, quantiles = 'exact' } = plan;
  if (!(typeof seed === 'string' || (typeof seed === 'number' && !Number.isNaN(seed)))) {
    yield `seed must be a number or a string, got ${given(seed)}`;
  }
  if (quantiles !== 'exact' && quantiles !== 'histogram') {
    yield `quantiles must be 'exact' or 'histogram', got ${given(quantiles)}`;
  }
  yield* sloShape(slo);
}

function* workloadShape(workload: unknown): Generator<string> {
  if (!isObject<AnyWorkload>(workload)) {
    yield `workload must be an object such as { kind: 'generated', … }, got ${given(workload)}`;
    return;
  }
  const { kind } = workload;
  if (kind === 'generated') yield* lawShapes(workload, ['interarrival_s', 'prompt_tokens', 'output_tokens']);
  else if (kind === 'closed_loop') yield* lawShapes(workload, ['prompt_tokens', 'output_tokens']);
  else if (kind === 'replay') yield* columnShapes(workload);
  else yield `workload.kind must be 'generated', 'replay' or 'closed_loop', got ${given(kind)}`;
}

function* lawShapes(
  workload: Loose<typeof LAWS>,
  names: ReadonlyArray<keyof typeof LAWS>,
): Generator<string> {
  for (const name of names) {
    const law = workload[name];
    if (typeof law !== 'function') {
      yield `workload.${name} must be a distribution such as ${LAWS[name]}, got ${given(law)}`;
    }
  }
}

function* columnShapes(workload: Loose<AnyWorkload>): Generator<string> {
  for (const name of COLUMNS) {
    const column = workload[name];
    if (!isObject<{ length: number }>(column) || typeof column.length !== 'number') {
      yield `workload.${name} must be a column of numbers, one a request, got ${given(column)}`;
    }
  }
}

function* architectureShape(architecture: unknown): Generator<string> {
  if (isObject<SimulationPlan['architecture']>(architecture) && typeof architecture.flow === 'function')
    return;
  yield `architecture must be an object with a flow, such as monolithic({ … }) returns, got ${given(architecture)}`;
}

function* sloShape(slo: unknown): Generator<string> {
  if (!isObject(slo)) {
    yield `slo must be an object with ttft_s and tpot_s, got ${given(slo)}`;
    return;
  }
  for (const [name, target] of Object.entries(slo)) {
    if (name !== 'ttft_s' && name !== 'tpot_s') {
      yield `slo.${name} is not known: the targets are ttft_s and tpot_s, in seconds`;
    } else if (target !== undefined && typeof target !== 'number') {
      yield `slo.${name} must be a number of seconds, got ${given(target)}`;
    }
  }
}

function isObject<T>(value: unknown): value is Loose<T> {
  return typeof value === 'object' && value !== null;
}
