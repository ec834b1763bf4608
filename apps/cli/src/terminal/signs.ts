/**
 * Which characters a terminal can show, as its locale says, and our own signs in those. What a user has named is left as it
 * is. Knows no layout, and nothing of files: they are UTF-8 everywhere.
 */

/** What the locale names decides, the first variable that is set; where none is, UTF-8. */
export function showsUnicode(env: NodeJS.ProcessEnv = process.env): boolean {
  return /utf-?8/i.test(env.LC_ALL || env.LC_CTYPE || env.LANG || 'UTF-8');
}

/** Our signs as ASCII has them. */
export const PLAIN: Readonly<Record<string, string>> = {
  '–': '-',
  '−': '-',
  '≤': '<=',
  '≥': '>=',
  '·': '-',
  '×': 'x',
  '±': '+-',
  '’': "'",
  '…': '...',
  '●': '*',
  '✓': '+',
  '✗': 'x',
  μ: 'mu',
  σ: 'sigma',
};

/** Text in the signs that the terminal can show: before it is laid out, since some take more columns. */
export function inSigns(text: string, unicode: boolean = showsUnicode()): string {
  return unicode ? text : text.replace(/[–−≤≥·×±’…●✓✗μσ]/g, (sign) => PLAIN[sign] ?? sign);
}
