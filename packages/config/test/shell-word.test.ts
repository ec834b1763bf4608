/** Words in a shell: what it reads back is the word. */
import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { shellWord } from '../src/shell-word.ts';

it('gives what a shell reads as the same word', () => {
  const awkward = fc.constantFrom(
    "'",
    '"',
    '\\',
    '$',
    '`',
    ' ',
    '\n',
    '*',
    '~',
    '#',
    '!',
    '{',
    '[',
    'a',
    'é',
  );
  const word = fc.oneof(
    fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0')),
    fc.string({ unit: awkward }),
  );
  fc.assert(
    fc.property(fc.array(word, { minLength: 1, maxLength: 50 }), (words) => {
      const line = words.map(shellWord).join(' ');
      expect(execFileSync('sh', ['-c', `printf '%s\\0' ${line}`], { encoding: 'utf8' }).split('\0')).toEqual([
        ...words,
        '',
      ]);
    }),
    { numRuns: 30 },
  );
});

it.each(['example', 'a/b.yaml', 'arrival.rate_per_s=5', 'ttft:500'])('leaves %s as it is', (word) => {
  expect(shellWord(word)).toBe(word);
});
