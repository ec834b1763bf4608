/**
 * A configuration as a commented file, for somebody to edit. Takes every comment from the schema's descriptions.
 */
import { Document, isMap, type Pair, type Scalar, type YAMLMap } from 'yaml';
import { fileSchema, type ScenarioConfig } from './schema/scenario.ts';
import { factsOf, keysOf, schemaAt } from './schema/walk.ts';

/** A scenario that never fits this many characters is broken over lines by hand, not here. */
const WIDTH = 110;
const EDITOR_LINE = ' yaml-language-server: $schema=';

export interface YamlOptions {
  /** First comment of the file: what the scenario shows. */
  readonly title?: string;
  /** Where editors find the JSON Schema; absent: no such line. */
  readonly schema?: string;
}

/**
 * The YAML text of a configuration, each key below its description; keys left out stand as comments with an example.
 * `loadScenario` reads the same configuration back.
 */
export function toYaml(config: ScenarioConfig, options: YamlOptions = {}): string {
  const { title = 'A scenario for llmsim.', schema } = options;
  const document = new Document(config);
  document.commentBefore = [...(schema === undefined ? [] : [EDITOR_LINE + schema]), ` ${title}`].join('\n');
  if (isMap(document.contents)) annotate(document.contents as YAMLMap<Scalar, unknown>, [], config);
  const rest = leftOut(config);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false }) + (rest === '' ? '' : `\n${rest}`);
}

function annotate(map: YAMLMap<Scalar, unknown>, path: readonly string[], config: ScenarioConfig): void {
  for (const [index, pair] of map.items.entries()) {
    const here = [...path, String(pair.key.value)];
    const schema = schemaAt(fileSchema, here, config);
    if (schema !== null) describe(pair, factsOf(schema).description, path.length, index);
    if (isMap(pair.value)) annotate(pair.value as YAMLMap<Scalar, unknown>, here, config);
  }
}

function describe(pair: Pair<Scalar, unknown>, description: string, depth: number, index: number): void {
  pair.key.commentBefore = wrapped(description, WIDTH - 2 * depth - 2)
    .map((line) => ` ${line}`)
    .join('\n');
  pair.key.spaceBefore = depth === 0 && index > 0;
}

/** The top-level keys that the configuration does not have, as comments with an example. */
function leftOut(config: ScenarioConfig): string {
  const written: ReadonlySet<string> = new Set(Object.keys(config));
  const replaced = config.trace === undefined ? [] : ['arrival', 'prompt_tokens', 'output_tokens'];
  return [...(keysOf(fileSchema, config) ?? [])]
    .filter(([key]) => !written.has(key) && !replaced.includes(key))
    .map(([key, schema]) => {
      const { description, example } = factsOf(schema);
      const lines = wrapped(description, WIDTH - 2).map((line) => `# ${line}\n`);
      const document = new Document({ [key]: example });
      return `${lines.join('')}# ${document
        .toString({ collectionStyle: 'flow', lineWidth: 0 })
        .replace(/^\{\s*|\s*\}\s*$/g, '')
        .trim()}\n`;
    })
    .join('\n');
}

function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}
