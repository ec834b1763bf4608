/** A text cut to the room there is for it. Knows no chart and measures nothing itself. */
import { letters } from './letters.ts';

/** The longest part of `text` that fits, with `…` for what is gone: first the sections of a key before its last. */
export function fitted(text: string, fits: (text: string) => boolean): string {
  if (fits(text)) return text;
  const sections = text.includes(' ') ? [] : text.split('.');
  for (let at = 1; at < sections.length; at++) {
    const last = `…${sections.slice(at).join('.')}`;
    if (fits(last)) return last;
  }
  const all = letters(text);
  let [most, tooMany] = [0, all.length];
  while (tooMany - most > 1) {
    const count = (most + tooMany) >> 1;
    if (fits(`${all.slice(0, count).join('').trimEnd()}…`)) most = count;
    else tooMany = count;
  }
  return `${all.slice(0, most).join('').trimEnd()}…`;
}
