/**
 * From a checked scenario to a plan that can run on this machine. Knows no outputs.
 */
import { checkSize, compile, type Scenario } from '@llmsim/config';
import type { ReplayWorkload, SimulationPlan } from '@llmsim/engine';
import { type Assignment, problemsIn } from './load.ts';
import { memoryLimit } from './memory.ts';
import type { SeededTrace, TraceReader } from './trace-reader.ts';

export interface Prepared {
  readonly plan: SimulationPlan;
  /** The requests of the scenario's trace; null without one. */
  readonly trace: ReplayWorkload | null;
  readonly traceOf: SeededTrace;
}

export interface Preparation {
  readonly readTrace: TraceReader;
  readonly changes: readonly Assignment[];
  readonly keep_requests: boolean;
}

/** @throws UserError with every problem. */
export async function prepare(
  scenario: Scenario,
  { readTrace, changes, keep_requests }: Preparation,
): Promise<Prepared> {
  const { config } = scenario;
  const traceOf = await readTrace(scenario);
  const trace = traceOf(config.random_seed);
  const options = { keep_requests, ...(trace === null ? {} : { trace }) };
  const compiled = compile(config, options);
  if (!compiled.ok) throw problemsIn(scenario, compiled.problems, changes);
  const tooLarge = checkSize(config, memoryLimit(), options);
  if (tooLarge !== null) throw problemsIn(scenario, [tooLarge], changes);
  return { plan: compiled.plan, trace, traceOf };
}
