/**
 * The file behind `--config` of `vllm serve`: flags by their long names in YAML. Reads no files and knows no flag.
 */
import { isMap, isScalar, isSeq, LineCounter, parseDocument } from 'yaml';
import type { Problem } from '../problem.ts';

/** Where a flag stands in the file. */
interface FlagPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface ConfigFlags {
  /** By long name without dashes, as on the command line. */
  readonly flags: ReadonlyMap<string, string | boolean>;
  readonly places: ReadonlyMap<string, FlagPlace>;
  readonly problems: readonly Problem[];
}

/** A list is the words after the flag, a mapping the JSON after it. */
export function flagsOfConfig(text: string, file: string): ConfigFlags {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, schema: 'core', resolveKnownTags: false });
  const placeAt = (offset: number): FlagPlace => {
    const { line, col } = counter.linePos(offset);
    return { file, line, column: col };
  };
  const wrong = (offset: number, message: string, fix: string): Problem => {
    return { ...placeAt(offset), flag: null, path: '', message, fix };
  };
  const flags = new Map<string, string | boolean>();
  const places = new Map<string, FlagPlace>();
  const [error] = document.errors;
  if (error !== undefined) {
    const message = (error.message.split('\n')[0] ?? '').replace(/ at line .*$/, '').replace(/\.$/, '');
    return { flags, places, problems: [wrong(error.pos[0], message, 'Correct the YAML.')] };
  }
  if (!isMap(document.contents)) {
    const fix = 'Write flags by their long names, such as max-num-seqs: 128.';
    return { flags, places, problems: [wrong(0, 'the file is no mapping of flags to values', fix)] };
  }
  for (const { key, value } of document.contents.items) {
    const name = String(isScalar(key) ? key.value : key).replaceAll('_', '-');
    if (isScalar(key)) places.set(name, placeAt(key.range?.[0] ?? 0));
    const plain: unknown = isScalar(value) ? value.value : null;
    if (typeof plain === 'boolean') flags.set(name, plain);
    else if (isMap(value)) flags.set(name, JSON.stringify(value));
    else if (isSeq(value)) flags.set(name, value.items.map(String).join(' '));
    else if (plain !== null)
      flags.set(name, isScalar(value) ? (value.source ?? String(plain)) : String(plain));
  }
  return { flags, places, problems: [] };
}
