/**
 * Reads a trace once for all scenarios and seeds that replay it. Knows no formats.
 */
import { keepsPrefixes, type Scenario } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { withSeed } from '@llmsim/traces';
import { tell } from '../terminal/tell.ts';
import { type ReadingTold, readScenarioTrace } from './trace-file.ts';

/** The requests of a run with a seed: the same object for all seeds, unless jitter is drawn from it. */
export type SeededTrace = (seed: number) => ReplayWorkload | null;

export type TraceReader = (scenario: Scenario) => Promise<SeededTrace>;

/** Relative paths start at `folder`. What should be known about a trace is told once; how far it is read, unless `quiet`. */
export function traceReader(folder: string, quiet: boolean): TraceReader {
  const known = new Map<string, Promise<SeededTrace>>();
  const told = new Set<string>();
  const say = (line: string): void => {
    if (!told.has(line)) tell(line);
    told.add(line);
  };
  return (scenario) => {
    const { config } = scenario;
    // The ids of prefixes are read only where somebody keeps them.
    const key = JSON.stringify([config.trace, keepsPrefixes(config)]);
    const reading = known.get(key) ?? seededTrace(scenario, folder, { say, quiet });
    known.set(key, reading);
    return reading;
  };
}

async function seededTrace(scenario: Scenario, folder: string, told: ReadingTold): Promise<SeededTrace> {
  const trace = await readScenarioTrace(scenario, folder, told);
  const known = new Map<number, ReplayWorkload>();
  return (seed) => {
    if (trace === null) return null;
    if (seed === scenario.config.random_seed) return trace.workload;
    const workload = known.get(seed) ?? withSeed(trace, seed);
    known.set(seed, workload);
    return workload;
  };
}
