/**
 * The scenarios that ship with the page: the default at once, the others when they are picked. Reads nothing in them.
 */
import exampleText from '../../../configs/example.yaml?raw';

export interface ShippedScenario {
  /** The file's name without its ending. */
  readonly name: string;
  readonly file: string;
  /** For people: the name in words. */
  readonly label: string;
  readonly text: () => Promise<string>;
}

const texts = import.meta.glob<string>(['../../../configs/*.yaml', '!../../../configs/example.yaml'], {
  query: '?raw',
  import: 'default',
});

/** What the page runs on opening. */
export const example: ShippedScenario & { readonly own: string } = {
  ...shipped('example.yaml', async () => exampleText),
  own: exampleText,
};

/** The default first, then by name. */
export const shippedScenarios: readonly ShippedScenario[] = [
  example,
  ...Object.entries(texts)
    .map(([path, text]) => shipped(path.slice(path.lastIndexOf('/') + 1), text))
    .sort((a, b) => (a.name < b.name ? -1 : 1)),
];

function shipped(file: string, text: () => Promise<string>): ShippedScenario {
  const name = file.replace(/\.yaml$/, '');
  const words = name.replaceAll('-', ' ');
  return { name, file, text, label: words.charAt(0).toUpperCase() + words.slice(1) };
}
