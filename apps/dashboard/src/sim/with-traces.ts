/**
 * A simulator that gets the trace a scenario names from the page and runs again. Knows no scenario.
 */
import type { RunOptions, Simulator } from './client.ts';
import type { RunOutcome, ScenarioSource } from './protocol.ts';

/** Where trace files are found by name. */
export interface TraceFiles {
  named(name: string): Promise<File | null>;
}

export function withTraces(simulator: Simulator, traces: TraceFiles): Simulator {
  return {
    async run(source: ScenarioSource, options: RunOptions): Promise<RunOutcome> {
      const outcome = await simulator.run(source, options);
      if (outcome.kind !== 'invalid' || outcome.wanted === null) return outcome;
      const trace = await traces.named(outcome.wanted);
      if (trace === null) return outcome;
      return options.signal.aborted ? { kind: 'cancelled' } : simulator.run({ ...source, trace }, options);
    },
  };
}
