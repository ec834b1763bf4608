/** Loading in one word, for tests: the configuration, or the problems as lines. */
import {
  formatProblem,
  loadScenario,
  type Problem,
  type Scenario,
  type ScenarioConfig,
} from '../src/index.ts';

export function scenarioOf(text: string, set: readonly string[] = []): Scenario {
  const loaded = loadScenario(text, { file: 'a.yaml', set });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  return loaded.scenario;
}

export function configOf(text: string, set: readonly string[] = []): ScenarioConfig {
  return scenarioOf(text, set).config;
}

export function problemsOf(text: string, set: readonly string[] = []): readonly Problem[] {
  const loaded = loadScenario(text, { file: 'a.yaml', set });
  return loaded.ok ? [] : loaded.problems;
}

export function linesOf(text: string, set: readonly string[] = []): string[] {
  return problemsOf(text, set).map(formatProblem);
}
