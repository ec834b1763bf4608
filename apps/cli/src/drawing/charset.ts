/** The characters that a terminal chart is made of, for terminals with UTF-8 and without. Knows no chart. */
import type { HeatmapCell } from '@llmsim/analysis';
import { fitted, letters, MARKS, pointShape } from '@llmsim/charts';
import { columnsOf } from '../terminal/columns.ts';
import { PLAIN, showsUnicode } from '../terminal/signs.ts';

export interface Charset {
  /** A point of the series at an index, full or hollow. */
  readonly point: (index: number, hollow: boolean) => string;
  /** Between two points. */
  readonly line: string;
  /** Inside an interval. */
  readonly band: string;
  readonly across: string;
  readonly upright: string;
  /** Of bars, one for each series. */
  readonly bars: readonly string[];
  readonly corner: string;
  readonly tick: string;
  readonly floor: string;
  readonly wall: string;
  readonly marks: Readonly<Record<NonNullable<HeatmapCell['mark']>, string>>;
  /** A text in these characters. */
  readonly text: (text: string) => string;
}

export const UNICODE: Charset = {
  point: (index, hollow) => pointShape(index)[hollow ? 'hollow' : 'full'],
  line: '·',
  band: '░',
  across: '╌',
  upright: '┊',
  bars: ['█', '▒', '▓', '░', '▚', '╳', '═'],
  corner: '└',
  tick: '┴',
  floor: '─',
  wall: '│',
  marks: { best: MARKS.best.sign, fails: MARKS.fails.sign, overloaded: MARKS.overloaded.sign },
  text: (text) => text,
};

/** Letters tell series apart: capitals for full points, small ones for hollow. */
const letter = (index: number): string => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.charAt(index % 26);

export const ASCII: Charset = {
  point: (index, hollow) => (hollow ? letter(index).toLowerCase() : letter(index)),
  line: '.',
  band: ':',
  across: '-',
  upright: '|',
  bars: ['#', '=', '+', '%', '*', 'o', '~'],
  corner: '+',
  tick: '+',
  floor: '-',
  wall: '|',
  marks: { best: '*', fails: 'x', overloaded: '!' },
  text: (text) =>
    /^[ -~]*$/.test(text)
      ? text
      : letters(text)
          .map((one) => (/^[ -~]$/.test(one) ? one : (PLAIN[one] ?? '?')))
          .join(''),
};

/** `text` in the characters of `charset`, cut to at most `room` columns. */
export function textWithin(text: string, room: number, charset: Charset): string {
  return charset.text(fitted(text, (part) => columnsOf(charset.text(part)) <= room));
}

/** The characters of the terminal: what the locale names decides; where it names nothing, UTF-8. */
export function charsetOf(env: NodeJS.ProcessEnv = process.env): Charset {
  return showsUnicode(env) ? UNICODE : ASCII;
}
