/**
 * Puts the YAML parser's error codes into a scenario writer's words. Knows no schema.
 */
import type { YAMLError } from 'yaml';
import { printable } from './shown.ts';

/** Errors beside which the rest of the text still means something. */
export const HARMLESS: ReadonlySet<YAMLError['code']> = new Set(['MULTIPLE_DOCS']);

/** Longest quote of the parser's own words. */
const LONGEST = 80;

interface Words {
  readonly message: string;
  readonly fix: string;
}

/** What the error says and the way out. */
export function wordsOf(error: YAMLError): Words {
  switch (error.code) {
    case 'TAB_AS_INDENT':
      return { message: 'a tab indents this line', fix: 'Indent with spaces; YAML allows no tabs there.' };
    case 'MULTIPLE_DOCS':
      return {
        message: 'a second document starts here',
        fix: 'Keep one scenario a file and remove the --- line.',
      };
    case 'BAD_INDENT':
      return {
        message: 'the indentation changes in the middle of a mapping or list',
        fix: 'Indent every key of a mapping by the same number of spaces.',
      };
    case 'NON_STRING_KEY':
      return { message: 'a key must be a plain word', fix: 'Write key: value.' };
    case 'TAG_RESOLVE_FAILED':
      return {
        message: 'YAML tags are not used in scenarios',
        fix: 'Remove the word that starts with an exclamation mark.',
      };
    case 'RESOURCE_EXHAUSTION':
      return { message: 'the text is nested too deeply', fix: 'A scenario needs three levels of keys.' };
    default:
      return { message: `not valid YAML: ${firstSentence(error.message)}`, fix: fixFor(error) };
  }
}

function fixFor({ code, message }: YAMLError): string {
  if (code === 'MULTILINE_IMPLICIT_KEY' || code === 'BLOCK_AS_IMPLICIT_KEY') {
    return 'Write key: value, with a space after the colon, one key a line.';
  }
  if (code === 'MISSING_CHAR' && /quote/i.test(message)) return 'Close the quote.';
  return 'Check the brackets, quotes and colons up to here.';
}

/** The parser's own first sentence, as the middle of ours: short, printable, no full stop. */
function firstSentence(message: string): string {
  const line = message.split('\n')[0] ?? '';
  const sentence = printable(line, LONGEST).replace(/[\s.:]+$/, '');
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
