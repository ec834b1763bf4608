/**
 * A configuration as a commented file, for somebody to edit. Takes every comment from the schema's descriptions.
 */
import { Document, isMap, isScalar, type YAMLMap } from 'yaml';
import { fileSchema, type ScenarioConfig } from './schema/scenario.ts';
import { factsOf, keysOf, memberOf, schemaAt } from './schema/walk.ts';

const WIDTH = 110;
/** What a trace stands in for: no use suggesting these beside one. */
const REPLACED_BY_TRACE: readonly string[] = ['arrival', 'prompt_tokens', 'output_tokens'];
/** Left out on purpose where they are not there: an example would be a cluster of other machines. */
const CLUSTERS: readonly string[] = ['cluster_mono', 'cluster_disagg'];

export interface YamlOptions {
  /** First comment of the file: what the scenario shows. */
  readonly title?: string;
  /** Where editors find the JSON Schema; absent: no such line. */
  readonly schema?: string;
  /** A cluster to leave out, for a file that says nothing of its machines. */
  readonly without?: 'cluster_mono' | 'cluster_disagg';
}

/**
 * The YAML text of a configuration, each key below its description; optional keys that it does not have stand as
 * comments with an example. `loadScenario` reads the same configuration back, with the default of a cluster left out.
 *
 * @example
 * writeFileSync('scenario.yaml', toYaml(defaultConfig(), { title: 'My cluster.' }));
 */
export function toYaml(config: ScenarioConfig, options: YamlOptions = {}): string {
  const { title = 'A scenario for llmsim.', schema, without } = options;
  const written = Object.fromEntries(Object.entries(config).filter(([key]) => key !== without));
  const document = new Document(written);
  const header = schema === undefined ? [title] : [`yaml-language-server: $schema=${schema}`, title];
  document.commentBefore = commented(header);
  if (isMap(document.contents)) annotate(document.contents, [], written);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

function annotate(map: YAMLMap, path: readonly string[], config: object): void {
  const indent = 2 * path.length;
  for (const [index, { key, value }] of map.items.entries()) {
    if (!isScalar(key)) continue;
    const here = [...path, String(key.value)];
    const schema = schemaAt(fileSchema, here, config);
    if (schema !== null) key.commentBefore = commented(wrapped(factsOf(schema).description, indent));
    key.spaceBefore = path.length === 0 && index > 0;
    if (isMap(value)) annotate(value, here, config);
  }
  const suggested = leftOut(path, config).flatMap(({ description, line }) => [
    ...wrapped(description, indent),
    line,
  ]);
  if (suggested.length > 0) map.comment = commented(suggested);
}

interface Suggestion {
  readonly description: string;
  readonly line: string;
}

/** The keys that the mapping at `path` could have and has not, each with an example. */
function leftOut(path: readonly string[], config: object): Suggestion[] {
  const written = path.reduce<unknown>(memberOf, config);
  const mapping = schemaAt(fileSchema, path, config);
  const keys = (mapping && keysOf(mapping, written)) ?? new Map<string, never>();
  return [...keys]
    .filter(([key]) => memberOf(written, key) === undefined && !(path.length === 0 && CLUSTERS.includes(key)))
    .filter(
      ([key]) =>
        path.length > 0 || memberOf(config, 'trace') === undefined || !REPLACED_BY_TRACE.includes(key),
    )
    .map(([key, schema]) => {
      const { description, example } = factsOf(schema);
      return { description, line: `${key}: ${inFlow(example)}` };
    });
}

/** A value on one line. */
function inFlow(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value);
  const members = Object.entries(value).map(([key, member]) => `${key}: ${inFlow(member)}`);
  return `{${members.join(', ')}}`;
}

function commented(lines: readonly string[]): string {
  return lines.map((line) => ` ${line}`).join('\n');
}

function wrapped(text: string, indent: number): string[] {
  const width = WIDTH - indent - 2;
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
