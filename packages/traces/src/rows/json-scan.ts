/**
 * Where things stand in a line of JSON: the first character that cannot be right, and the values of the outermost
 * object. `JSON.parse` tells neither in a way that all engines share; this runs only for error messages.
 * Knows no traces. The grammar is RFC 8259.
 */
export interface JsonScan {
  /** Offset of the first character that breaks the grammar, the length if the text ends too early; null if valid. */
  readonly broken_at: number | null;
  /** Offsets of the keys and values of the outermost object, by key. */
  readonly entries: ReadonlyMap<string, { readonly key_at: number; readonly value_at: number }>;
}

/** What may come next, as the kinds of token allowed there. */
const EXPECTED = {
  value: '"0{[',
  firstValue: '"0{[]',
  key: '"',
  firstKey: '"}',
  colon: ':',
  commaOrClose: ',]}',
  nothing: '',
} as const;

/** A token's kind is its first character, or 0 for a number or a word. */
const PUNCTUATION = '"{}[],:';
const SPACE = /[ \t\n\r]*/y;
const NUMBER_OR_WORD = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null/y;
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;

export function scanJson(text: string): JsonScan {
  const entries = new Map<string, { key_at: number; value_at: number }>();
  /** The closing brackets still owed, the innermost last. */
  const owed: string[] = [];
  let expected: keyof typeof EXPECTED = 'value';
  let key = { name: '', at: 0 };
  let at = matchEnd(SPACE, text, 0);
  while (at < text.length) {
    const character = text[at] ?? '';
    const kind = PUNCTUATION.includes(character) ? character : '0';
    const closes = kind === '}' || kind === ']';
    if (!EXPECTED[expected].includes(kind) || (closes && kind !== owed.at(-1)))
      return { broken_at: at, entries };
    const token = tokenEnd(text, at, kind);
    if (!token.whole) return { broken_at: token.end, entries };

    const isKey = expected === 'key' || (expected === 'firstKey' && !closes);
    if (expected === 'value' && owed.length === 1 && owed[0] === '}') {
      entries.set(key.name, { key_at: key.at, value_at: at });
    }
    if (closes) owed.pop();
    if (isKey) {
      key = { name: text.slice(at + 1, token.end - 1), at };
      expected = 'colon';
    } else if (kind === '{') {
      owed.push('}');
      expected = 'firstKey';
    } else if (kind === '[') {
      owed.push(']');
      expected = 'firstValue';
    } else if (kind === ':') {
      expected = 'value';
    } else if (kind === ',') {
      expected = owed.at(-1) === '}' ? 'key' : 'value';
    } else {
      expected = owed.length === 0 ? 'nothing' : 'commaOrClose';
    }
    at = matchEnd(SPACE, text, token.end);
  }
  return { broken_at: expected === 'nothing' ? null : text.length, entries };
}

/** Where a token ends, or where it breaks. */
function tokenEnd(text: string, at: number, kind: string): { readonly end: number; readonly whole: boolean } {
  if (kind === '"') return stringEnd(text, at);
  if (kind !== '0') return { end: at + 1, whole: true };
  const end = matchEnd(NUMBER_OR_WORD, text, at);
  return { end, whole: end > at };
}

function stringEnd(text: string, at: number): { readonly end: number; readonly whole: boolean } {
  let i = at + 1;
  while (i < text.length) {
    const character = text[i] ?? '';
    if (character === '"') return { end: i + 1, whole: true };
    if (character < ' ') return { end: i, whole: false };
    const next = character === '\\' ? matchEnd(ESCAPE, text, i) : i + 1;
    if (next === i) return { end: i, whole: false };
    i = next;
  }
  return { end: i, whole: false };
}

/** Where a match that starts at `from` ends; `from` when there is none. */
function matchEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}
