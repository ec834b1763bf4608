/** A trace that a scenario names and that is not there: where the scenario says so, and where its paths start. Reads nothing. */
import { statSync } from 'node:fs';
import { formatProblem, locate, type Scenario } from '@llmsim/config';
import { ExitCode, UserError } from '../exit-codes.ts';

/**
 * @param file - where the trace should lie
 * @throws UserError with the place of `trace.path`, where the command line is not the one that names it.
 */
export function refuseMissingTrace(scenario: Scenario, file: string): void {
  const stats = statSync(file, { throwIfNoEntry: false });
  if (stats !== undefined && !stats.isDirectory()) return;
  const problem = locate(
    {
      file: '',
      line: null,
      column: null,
      flag: null,
      path: 'trace.path',
      message: stats === undefined ? `there is no file ${file}` : `${file} is a folder`,
      fix: 'A relative trace.path starts at the folder of the scenario; --trace FILE starts here.',
    },
    scenario,
  );
  const named = problem.line !== null || problem.flag?.startsWith('--set trace.path=') === true;
  if (named) throw new UserError(formatProblem(problem), ExitCode.bad_trace);
}
