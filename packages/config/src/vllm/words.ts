/**
 * A command line as words, with quotes, comments and continued lines as a POSIX shell reads them; no variables.
 */

/** The words of a command; null when a quote is left open. */
export function wordsOf(command: string): string[] | null {
  const words: string[] = [];
  let word: string | null = null;
  let quote: string | null = null;
  for (let at = 0; at < command.length; at++) {
    const char = command.charAt(at);
    if (quote !== null) {
      if (char === quote) quote = null;
      else word = (word ?? '') + char;
    } else if (char === '"' || char === "'") {
      quote = char;
      word ??= '';
    } else if (char === '\\') {
      const next = command.charAt(++at);
      if (next !== '\n') word = (word ?? '') + next;
    } else if (char === '#' && word === null && words.length > 0) {
      // The first word may be the prompt of root.
      const end = command.indexOf('\n', at);
      at = end === -1 ? command.length : end;
    } else if (/\s/.test(char)) {
      if (word !== null) words.push(word);
      word = null;
    } else word = (word ?? '') + char;
  }
  if (quote !== null) return null;
  return word === null ? words : [...words, word];
}
