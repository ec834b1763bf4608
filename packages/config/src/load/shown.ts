/**
 * How a value of any kind is quoted in a sentence: short, on one line. Knows no keys.
 */
const LONGEST = 40;

export function shown(value: unknown): string {
  if (typeof value === 'string') return `"${shortened(JSON.stringify(value).slice(1, -1))}"`;
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object' && value !== null) return 'a mapping';
  if (value === null || value === undefined) return 'nothing';
  return shortened(String(value));
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
