/** Our xorgens against the one that seeds it. */
/// <reference path="../../src/random/xor4096.d.ts" />
import xor4096 from 'seedrandom/lib/xor4096.js';
import { expect, it } from 'vitest';
import { Xorgens } from '../../src/random/xorgens.ts';

it('gives what seedrandom gives, whatever the seed', () => {
  for (const seed of ['', '0/arrivals', '42/prompt_tokens', 'schlüssel 鍵', 'x'.repeat(300)]) {
    const ours = new Xorgens(seed);
    const theirs = xor4096(seed, { state: true });
    for (let draw = 0; draw < 5000; draw++) expect(ours.next()).toBe(theirs.double());
  }
});
