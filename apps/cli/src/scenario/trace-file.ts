/**
 * The trace of a scenario, read from disk or standard input. Knows no formats.
 */
import type { Scenario } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { ExitCode, UserError } from '../exit-codes.ts';

/** @throws UserError with the exit code of a bad trace. */
export async function readScenarioTrace(scenario: Scenario, folder: string): Promise<ReplayWorkload | null> {
  if (scenario.config.trace === undefined) return null;
  throw new UserError(`not yet: ${folder}`, ExitCode.bad_trace);
}
