/** Text inside XML. Knows no element. */

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** `text` for content and attributes; characters that XML does not allow are left out. */
export function xmlText(text: string): string {
  return text
    .replace(/[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"]/g, (character: string) => ENTITIES[character] ?? '');
}

/** Attributes in order, with numbers to a hundredth; undefined ones are left out. */
export function xmlAttributes(attributes: Readonly<Record<string, string | number | undefined>>): string {
  return Object.entries(attributes)
    .flatMap(([name, value]) =>
      value === undefined
        ? []
        : [` ${name}="${typeof value === 'number' ? rounded(value) : xmlText(value)}"`],
    )
    .join('');
}

function rounded(value: number): string {
  return String(Number(value.toFixed(2)));
}
