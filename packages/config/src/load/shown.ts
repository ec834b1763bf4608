/**
 * How a value of any kind is quoted in a sentence: short, printable, on one line. Knows no keys.
 */
const LONGEST = 40;
/** Controls, formats, lone surrogates, and line and paragraph separators. */
const UNPRINTABLE = /[\p{C}\p{Zl}\p{Zp}]+/gu;

export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${printable(value, LONGEST)}"`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  return value === null || value === undefined ? 'nothing' : String(value);
}

/** A foreign text as a part of one line: unprintable characters and what exceeds the length become an ellipsis. */
export function printable(text: string, longest: number): string {
  const clean = text.replace(UNPRINTABLE, '…');
  const characters = [...clean.slice(0, 2 * longest + 2)];
  return characters.length <= longest ? clean : `${characters.slice(0, longest).join('')}…`;
}
