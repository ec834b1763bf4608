/**
 * The words that run a scenario on the command line. Knows no worker.
 */
import { assignmentsBetween, loadScenario, type ScenarioConfig } from '@llmsim/config';

/** What the user opened, before anything was changed: its name on the command line and its text. */
export interface Base {
  readonly name: string;
  readonly text: string;
}

/** `llmsim run` of the base with what differs, or of the text itself where there is none. */
export function commandOf(base: Base | null, text: string, config: ScenarioConfig): string {
  const loaded = base === null ? null : loadScenario(base.text);
  if (base === null || !loaded?.ok) return `llmsim run - <<'YAML'\n${text.trimEnd()}\nYAML`;
  const changes = assignmentsBetween(loaded.scenario.config, config);
  return ['llmsim run', shellWord(base.name), ...changes.map((change) => `--set ${shellWord(change)}`)].join(
    ' ',
  );
}

function shellWord(word: string): string {
  return /^[\w./@%+:=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
