/**
 * The words that run a scenario on the command line. Knows no worker.
 */
import { type ScenarioConfig, shellWord } from '@llmsim/config';
import { textReader } from './prepare.ts';
import type { Base } from './protocol.ts';

/** `llmsim run` of the base with what differs, or of the text itself where there is none. */
export async function commandOf(base: Base | null, text: string, config: ScenarioConfig): Promise<string> {
  const changes = base === null ? null : await changesSince(base, text, config);
  if (base === null || changes === null) return `llmsim run - <<'YAML'\n${text.trimEnd()}\nYAML`;
  return ['llmsim run', shellWord(base.name), ...changes.map((change) => `--set ${shellWord(change)}`)].join(
    ' ',
  );
}

async function changesSince(
  base: Base,
  text: string,
  config: ScenarioConfig,
): Promise<readonly string[] | null> {
  return base.text === text ? [] : (await textReader()).changesOf(base.text, config);
}
