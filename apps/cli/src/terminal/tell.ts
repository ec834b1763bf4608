/**
 * Notes, warnings and errors on standard error: lines of a terminal's width; where it is no terminal, a line each, as
 * programs read them. Knows no message.
 */
import { inSigns } from './signs.ts';
import { type Terminal, widthOf } from './width.ts';
import { wrap } from './wrap.ts';

/** Of what goes on below, behind the place that a line begins with. */
const INDENT = '  ';

/** Each line of `text` broken where the terminal ends. */
export function linesFor(terminal: Terminal, text: string): string {
  if (!terminal.isTTY) return text;
  const columns = widthOf(terminal);
  return text
    .split('\n')
    .flatMap((line) => brokenLine(line, columns))
    .join('\n');
}

function brokenLine(line: string, columns: number): string[] {
  const [first = '', ...rest] = wrap(line, columns);
  if (rest.length === 0) return [line];
  return [first, ...wrap(rest.join(' '), columns - INDENT.length).map((more) => INDENT + more)];
}

/** Writes a message without its last line break. */
export function tell(text: string): void {
  process.stderr.write(`${linesFor(process.stderr, inSigns(text))}\n`);
}
