/**
 * A checked scenario for the command line: every problem at once as one error. Reads no files.
 */
import { formatProblem, loadScenario, locate, type Problem, type Scenario } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import type { ScenarioSource } from './source.ts';

/** A change to the configuration that an option of the command line makes. */
export interface Assignment {
  /** `a.b.c=value`, the value in YAML. */
  readonly set: string;
  /** What the user typed. */
  readonly flag: string;
}

/** The assignment of a `--set` option. */
export function toAssignment(set: string): Assignment {
  return { set, flag: `--set ${set}` };
}

/** @throws UserError with every problem; that what `--vary` moves has no effect is one. */
export function load(source: ScenarioSource, assignments: readonly Assignment[] = []): Scenario {
  const set = assignments.map((assignment) => assignment.set);
  const loaded = loadScenario(source.text, { file: source.file, set });
  if (!loaded.ok) throw problemsError(loaded.problems, assignments);
  const idle = loaded.scenario.notes.filter((note) =>
    broughtBy(note, assignments)?.flag.startsWith('--vary '),
  );
  if (idle.length > 0) throw problemsError(idle, assignments);
  return loaded.scenario;
}

/** Problems that later steps found, with their place in the scenario. */
export function problemsIn(
  scenario: Scenario,
  problems: readonly Problem[],
  assignments: readonly Assignment[] = [],
): UserError {
  return problemsError(
    problems.map((problem) => locate(problem, scenario)),
    assignments,
  );
}

/** Says what is allowed and has no effect. */
export function warn(scenario: Scenario, assignments: readonly Assignment[]): void {
  for (const note of scenario.notes) {
    process.stderr.write(`warning: ${describeProblem(note, assignments)}\n`);
  }
}

/** One problem as a line, under the name of the option that brought it. */
function describeProblem(problem: Problem, assignments: readonly Assignment[]): string {
  const brought = broughtBy(problem, assignments);
  return formatProblem(brought === undefined ? problem : { ...problem, flag: brought.flag });
}

function broughtBy({ flag }: Problem, assignments: readonly Assignment[]): Assignment | undefined {
  return assignments.find(({ set }) => flag === `--set ${set}`);
}

function problemsError(problems: readonly Problem[], assignments: readonly Assignment[]): UserError {
  const lines = problems.map((problem) => describeProblem(problem, assignments));
  const head = lines.length === 1 ? '' : `${lines.length} problems\n`;
  return new UserError(head + lines.join('\n'));
}
