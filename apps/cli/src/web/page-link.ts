/** The address of the dashboard that shows a scenario. Knows no server. */
import { deflateRawSync } from 'node:zlib';
import {
  editText,
  LINK_KEY,
  loadScenario,
  type Scenario,
  type ScenarioConfig,
  type SharedScenario,
} from '@llmsim/config';
import type { Assignment } from '../scenario/load.ts';
import type { ScenarioSource } from '../scenario/source.ts';

/** The fragment of the address, with its #. */
export function linkFragment(shared: SharedScenario): string {
  return `#${LINK_KEY}${deflateRawSync(JSON.stringify(shared)).toString('base64url')}`;
}

/**
 * The text of a scenario with the changes of the command line in it. Where they have no place in the text, or would read
 * differently there, the whole configuration as JSON, which is YAML.
 */
export function changedText(
  source: ScenarioSource,
  { config }: Scenario,
  changes: readonly Assignment[],
): string {
  let text: string | null = source.text;
  for (const { set } of changes) {
    const at = set.indexOf('=');
    text = text === null ? null : editText(text, set.slice(0, at), scalar(set.slice(at + 1)));
  }
  // A cluster that is made of the machines of the other one is written down: the page would take its defaults.
  const cluster = `cluster_${config.mode}` as const;
  const texts =
    text === null ? [] : [text, `${text.trimEnd()}\n${cluster}: ${JSON.stringify(config[cluster])}\n`];
  return texts.find((one) => means(one, config)) ?? JSON.stringify(config, null, 2);
}

function means(text: string, config: ScenarioConfig): boolean {
  const loaded = loadScenario(text);
  return loaded.ok && JSON.stringify(loaded.scenario.config) === JSON.stringify(config);
}

function scalar(text: string): string | number | boolean {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);
}
