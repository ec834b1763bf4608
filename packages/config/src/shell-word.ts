/** How a word is typed in a POSIX shell. Knows no command. */

/**
 * A word as a shell reads it back: as it is where no character means something to the shell, in single quotes
 * otherwise.
 *
 * @example
 * shellWord('a.yaml'); // a.yaml
 * shellWord('my file.yaml'); // 'my file.yaml'
 */
export function shellWord(word: string): string {
  return /^[\w./@%+:=,-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}
