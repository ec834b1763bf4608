/** Cells for tests of running, and the worker's script in the bundle that these tests are given. */
import { join } from 'node:path';
import { loadScenario } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { entry } from '../../build.mjs';
import type { ScenarioCell } from '../../src/running/scenario-cell.ts';

export const worker_file: string = join(entry, '..', 'cell.worker.js');

export function cellOf(set: readonly string[], trace: ReplayWorkload | null = null): ScenarioCell {
  const loaded = loadScenario('sim_seconds: 60\nwarmup_seconds: 6\n', { set });
  if (!loaded.ok) throw new Error(loaded.problems.map(({ message }) => message).join());
  const { config } = loaded.scenario;
  return { config, trace, pilot_seed: config.random_seed };
}

/** Twenty requests, five sessions. */
export function replay(): ReplayWorkload {
  const column = (of: (row: number) => number): number[] => Array.from({ length: 20 }, (_, row) => of(row));
  return {
    kind: 'replay',
    arrival_s: column((row) => row / 2),
    prompt_tokens: column((row) => 100 + row),
    output_tokens: column((row) => 10 + row),
    session: column((row) => row % 5),
  };
}
