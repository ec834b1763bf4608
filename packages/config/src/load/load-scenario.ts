/**
 * YAML text → a valid scenario, or every problem at once, each with its place. Reads no files: the caller names one.
 */
import { applyOverrides } from '../overrides.ts';
import type { Checked, Finding, Problem } from '../problem.ts';
import type { ScenarioConfig } from '../schema/scenario.ts';
import { checkValues } from './check.ts';
import { type Field, type Fields, fieldAt, type Origin, plain } from './fields.ts';
import { readYaml } from './read-yaml.ts';
import { withoutEffect } from './without-effect.ts';

/** A valid configuration that remembers where its values were written. Plain data: it can be sent to a worker. */
export interface Scenario {
  /** The file as the caller named it. */
  readonly file: string;
  readonly config: ScenarioConfig;
  /** What was written, with places; `origins` and `locate` read it. */
  readonly fields: Fields;
  /** What is allowed and has no effect, to be shown as warnings. */
  readonly notes: readonly Problem[];
}

export interface LoadOptions {
  /** How messages call the file. Default `scenario.yaml`. */
  readonly file?: string;
  /** Assignments `a.b.c=value`, the value in YAML, applied in order before the check. */
  readonly set?: readonly string[];
}

/**
 * Reads a scenario. Never throws for any text: a mistake is a `Problem` with line, column, rule and fix, and
 * all of them come at once.
 *
 * @example
 * const loaded = loadScenario('mode: mono\narrival: {rate_per_s: 4}\n', { file: 'chat.yaml' });
 * if (loaded.ok) loaded.scenario.config.arrival; // { rate_per_s: 4, process: 'poisson' }
 * else for (const problem of loaded.problems) console.error(formatProblem(problem));
 */
export function loadScenario(text: string, options: LoadOptions = {}): Checked<{ scenario: Scenario }> {
  const { file = 'scenario.yaml', set = [] } = options;
  const read = readYaml(text, file);
  const { fields, problems: misplaced } = applyOverrides(read.fields, set);
  const before = [...read.problems, ...misplaced];
  if (!read.usable) return { ok: false, problems: before };
  const checked = checkValues(plain(fields));
  if (!checked.ok) {
    const found = checked.findings
      .map((finding) => placed(finding, fields, file))
      // What could not be read there says more than what is now missing.
      .filter(
        (problem) => problem.line === null || !read.problems.some((other) => samePlace(other, problem)),
      );
    return { ok: false, problems: [...before, ...found].sort(inOrderOfPlace) };
  }
  if (before.length > 0) return { ok: false, problems: before };
  const { config } = checked;
  const notes = withoutEffect(config, fields).map((finding) => placed(finding, fields, file));
  return { ok: true, scenario: { file, config, fields, notes } };
}

/** Adds the place in the scenario's text to a problem that knows its path only, such as one from `compile`. */
export function locate(problem: Problem, { fields, file }: Pick<Scenario, 'fields' | 'file'>): Problem {
  if (problem.line !== null || problem.flag !== null) return problem;
  return placed({ ...problem, path: problem.path === '' ? [] : problem.path.split('.') }, fields, file);
}

function placed(finding: Finding, fields: Fields, file: string): Problem {
  const { path, message, fix, besides = [], at = 'value' } = finding;
  const written = fieldAt(fields, path) ?? fieldAt(fields, besides);
  const origin = written?.[at] ?? nearestMapping(fields, path)?.key;
  return { file, ...placeOf(origin), path: path.join('.'), message, fix };
}

function placeOf(origin: Origin | undefined): Pick<Problem, 'line' | 'column' | 'flag'> {
  if (origin?.kind === 'flag') return { line: null, column: null, flag: origin.flag };
  return origin?.kind === 'file'
    ? { line: origin.line, column: origin.column, flag: null }
    : { line: 1, column: 1, flag: null };
}

/** The nearest mapping above a key that was not written. */
function nearestMapping(fields: Fields, path: readonly string[]): Field | undefined {
  const parent = path.slice(0, -1);
  return parent.length === 0 ? undefined : (fieldAt(fields, parent) ?? nearestMapping(fields, parent));
}

function samePlace(a: Problem, b: Problem): boolean {
  return a.line === b.line && a.column === b.column;
}

/** Flags first, then by line and column. */
function inOrderOfPlace(a: Problem, b: Problem): number {
  return (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);
}
