/**
 * The scenarios that ship with the page. Knows their texts and reads nothing in them but their first comment.
 */
import { scenarioTitle } from '@llmsim/config';

export interface ShippedScenario {
  /** The file's name without its ending. */
  readonly name: string;
  readonly file: string;
  readonly text: string;
  /** For people: the name in words. */
  readonly label: string;
  /** What the scenario shows, one sentence. */
  readonly title: string;
}

/** What the page runs on opening. */
const DEFAULT_NAME = 'example';

const texts = import.meta.glob<string>('../../../configs/*.yaml', {
  query: '?raw',
  import: 'default',
  eager: true,
});

/** The default first, then by name. */
export const shippedScenarios: readonly ShippedScenario[] = Object.entries(texts)
  .map(([path, text]) => shipped(path.slice(path.lastIndexOf('/') + 1), text))
  .sort((a, b) => rank(a) - rank(b) || (a.name < b.name ? -1 : 1));

function shipped(file: string, text: string): ShippedScenario {
  const name = file.replace(/\.yaml$/, '');
  const words = name.replaceAll('-', ' ');
  return {
    name,
    file,
    text,
    label: words.charAt(0).toUpperCase() + words.slice(1),
    title: scenarioTitle(text).title,
  };
}

function rank({ name }: ShippedScenario): number {
  return name === DEFAULT_NAME ? 0 : 1;
}
