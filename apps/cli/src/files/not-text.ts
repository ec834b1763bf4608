/** Tells text from files that are packed, binary or in another encoding than UTF-8. Knows no formats. */

/** Characters in which such files give themselves away. */
const BEGINNING = 1000;

/** What is wrong with what begins so once decoded, and the way out; null for text. */
export function notText(text: string): string | null {
  if (!/\0|^.?\uFFFD/s.test(text.slice(0, BEGINNING))) return null;
  return 'this is not UTF-8 text. Unpack it when it is packed, or save it as UTF-8.';
}
