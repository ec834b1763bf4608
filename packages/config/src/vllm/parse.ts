/**
 * A `vllm serve` command as its model and flags. Knows which flags take a value; knows no meaning.
 */
import { SEVERAL, SHORT, SWITCHES } from './flags.ts';

export interface ServeCommand {
  readonly model: string | null;
  /** By long name without dashes; a switch has `true` or `false`. The last one counts. */
  readonly flags: ReadonlyMap<string, string | boolean>;
  /** Words that belong to nothing. */
  readonly strays: readonly string[];
}

/** Also reads `python -m vllm.entrypoints.openai.api_server --model …` and flags alone. */
export function parseServe(words: readonly string[]): ServeCommand {
  const flags = new Map<string, string | boolean>();
  const strays: string[] = [];
  const rest = upToOperator(words.slice(commandLength(words)));
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] ?? '';
    const [, name = '', value] = /^--?([A-Za-z][\w.-]*)(?:=(.*))?$/s.exec(word) ?? [];
    if (name === '') {
      strays.push(word);
      continue;
    }
    const level = /^O(\d)$/.exec(name)?.[1];
    if (level !== undefined) {
      flags.set('compilation-config', level);
      continue;
    }
    // `--flag.key value` is a key of the JSON that the flag takes.
    const plain = name.replace(/\..*$/s, '');
    const long = SHORT.get(plain) ?? plain.replaceAll('_', '-');
    const positive = long.replace(/^no-/, '');
    if (value !== undefined) flags.set(long, value);
    else if (SWITCHES.has(positive)) flags.set(positive, positive === long);
    else if (isValue(rest[at + 1])) {
      flags.set(long, rest[++at] ?? '');
      while (SEVERAL.has(long) && isValue(rest[at + 1])) at++;
    } else flags.set(long, true);
  }
  const given = flags.get('model');
  flags.delete('model');
  const model = typeof given === 'string' ? given : (strays.shift() ?? null);
  return { model, flags, strays };
}

/** A word after a flag is its value unless it is a flag; numbers may be negative. */
function isValue(word: string | undefined): boolean {
  return word !== undefined && (!word.startsWith('-') || /^-[\d.]/.test(word));
}

/** Words before the shell sends output elsewhere, goes on in the background or starts the next command. */
function upToOperator(words: readonly string[]): readonly string[] {
  const end = words.findIndex((word) => /^(&&?|\|\|?|;|&?\d*>{1,2}.*|\d*<.*)$/s.test(word));
  return end === -1 ? words : words.slice(0, end);
}

/** Words up to and with `serve` or the module's name. */
function commandLength(words: readonly string[]): number {
  const end = words.findIndex((word) => word === 'serve' || word.startsWith('vllm.entrypoints'));
  return end + 1;
}
