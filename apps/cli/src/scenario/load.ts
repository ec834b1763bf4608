/**
 * A checked scenario for the command line: every problem at once as one error. Reads no files.
 */
import {
  type Fields,
  formatProblem,
  loadScenario,
  locate,
  type Origin,
  type Problem,
  type Scenario,
} from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import { tell } from '../terminal/tell.ts';
import { bothClusters, type ClusterKey, type LoadedScenario, writtenPath } from './both-clusters.ts';
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
export function load(source: ScenarioSource, assignments: readonly Assignment[] = []): LoadedScenario {
  const base = machinesToChange(source, assignments);
  const all = base === null ? assignments : [base.assignment, ...assignments];
  const loaded = loadScenario(source.text, { file: source.file, set: all.map(({ set }) => set) });
  if (!loaded.ok) throw problemsError(loaded.problems, all);
  const idle = loaded.scenario.notes.filter((note) => broughtBy(note, all)?.flag.startsWith('--vary '));
  if (idle.length > 0) throw problemsError(idle, all);
  return base === null ? { ...loaded.scenario, machines_of: null } : withoutPlaceOf(base, loaded.scenario);
}

interface Base {
  readonly assignment: Assignment;
  readonly machines_of: ClusterKey;
}

/** What nobody wrote is warned of nowhere and has no place. */
function withoutPlaceOf({ assignment: { set }, machines_of }: Base, scenario: Scenario): LoadedScenario {
  const flag = `--set ${set}`;
  const unwritten = (origin: Origin): Origin =>
    origin.kind === 'flag' && origin.flag === flag ? { kind: 'default' } : origin;
  const relabelled = (fields: Fields): Fields =>
    new Map(
      [...fields].map(([key, field]) => [
        key,
        {
          ...field,
          key: unwritten(field.key),
          value: unwritten(field.value),
          fields: field.fields && relabelled(field.fields),
        },
      ]),
    );
  const notes = scenario.notes.filter((note) => note.flag !== flag);
  return { ...scenario, fields: relabelled(scenario.fields), notes, machines_of };
}

/** What options change of a cluster that is not written is changed on the machines of the other one. */
function machinesToChange({ text, file }: ScenarioSource, assignments: readonly Assignment[]): Base | null {
  for (const key of ['cluster_mono', 'cluster_disagg'] as const) {
    const changes = assignments.some(({ set }) => set.startsWith(`${key}.`));
    // Another model is other machines.
    if (!changes || assignments.some(({ set }) => set.startsWith(`${key}.model=`))) continue;
    const others = assignments.filter(({ set }) => !set.startsWith(`${key}.`)).map(({ set }) => set);
    const loaded = loadScenario(text, { file, set: others });
    if (!loaded.ok) continue;
    const { config, from } = bothClusters(loaded.scenario);
    if (from === null || from === key) continue;
    return {
      assignment: { set: `${key}=${JSON.stringify(config[key])}`, flag: from },
      machines_of: from,
    };
  }
  return null;
}

/** Problems that later steps found, with their place in the scenario. */
export function problemsIn(
  scenario: Scenario,
  problems: readonly Problem[],
  assignments: readonly Assignment[] = [],
): UserError {
  return problemsError(
    problems.map((problem) =>
      locate({ ...problem, path: writtenPath(problem.path, scenario.fields) }, scenario),
    ),
    assignments,
  );
}

/** Says what is allowed and has no effect. */
export function warn(scenario: Scenario, assignments: readonly Assignment[]): void {
  for (const note of scenario.notes) {
    tell(`warning: ${describeProblem(note, assignments)}`);
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
  const lines = [...new Set(problems.map((problem) => describeProblem(problem, assignments)))];
  const head = lines.length === 1 ? '' : `${lines.length} problems\n`;
  return new UserError(head + lines.join('\n'));
}
