import fc from 'fast-check';
import { expect, test } from 'vitest';
import { scanJson } from '../src/rows/json-scan.ts';

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** Texts that are nearly JSON: valid ones with a character put in, taken out or changed. */
const nearlyJson = fc
  .tuple(
    fc.json(),
    fc.nat(),
    fc.constantFrom('', '"', '{', '}', '[', ']', ',', ':', '\\', '0', '-', 'e', ' ', '\n', 'n'),
  )
  .chain(([text, at, inserted]) =>
    fc.constantFrom(0, 1).map((cut) => {
      const i = at % (text.length + 1);
      return text.slice(0, i) + inserted + text.slice(i + cut);
    }),
  );

test('finds a mistake exactly when JSON.parse does', () => {
  fc.assert(
    fc.property(fc.oneof(nearlyJson, fc.json(), fc.string()), (text) => {
      expect(scanJson(text).broken_at === null).toBe(isJson(text));
    }),
    { numRuns: 3000 },
  );
});

test('what stands before the mistake can be continued: no earlier character is wrong', () => {
  fc.assert(
    fc.property(nearlyJson, (text) => {
      const { broken_at } = scanJson(text);
      if (broken_at === null) return;
      // Every prefix of what stands before it ends too early and is wrong nowhere, tokens apart.
      const before = scanJson(text.slice(0, broken_at)).broken_at;
      expect(before === null || before <= broken_at).toBe(true);
      expect(broken_at).toBeLessThanOrEqual(text.length);
    }),
  );
});

test('every proper prefix of an object ends too early', () => {
  const text = '{"a": [1, -2.5e3, {"b": null}], "c": "x\\u00e9\\n", "d": {}}';
  for (let length = 1; length < text.length; length++) {
    const { broken_at } = scanJson(text.slice(0, length));
    expect([length, broken_at]).toEqual([length, expect.any(Number)]);
  }
  expect(scanJson(text).broken_at).toBeNull();
});

test('knows where the entries of the outermost object stand', () => {
  const { entries } = scanJson(' {"a": [1, {"b": 2}], "b" : -3}');
  expect([...entries]).toEqual([
    ['a', { key_at: 2, value_at: 7 }],
    ['b', { key_at: 22, value_at: 28 }],
  ]);
});

test('nesting of any depth takes no stack', () => {
  expect(scanJson('['.repeat(200_000)).broken_at).toBe(200_000);
});
