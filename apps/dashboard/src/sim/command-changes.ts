/** What differs between a text and a configuration, as assignments. Knows no command line. */
import { assignmentsBetween, loadScenario, type ScenarioConfig } from '@llmsim/config';

/** Null where the text is no valid scenario. */
export function changesOf(text: string, config: ScenarioConfig): readonly string[] | null {
  const loaded = loadScenario(text);
  return loaded.ok ? assignmentsBetween(loaded.scenario.config, config) : null;
}
