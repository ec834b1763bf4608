/** A configuration that comes as a value, whole or wrong. */
import { expect, test } from 'vitest';
import { checkConfig, formatProblem } from '../src/index.ts';

test.each([
  [null, 'the configuration is empty. Give it a value, or remove the line.'],
  [undefined, 'the configuration is missing.'],
  [5, 'the configuration must be a mapping of keys, got 5.'],
  [{ arival: {} }, 'unknown key "arival". Did you mean arrival?'],
])('%j is refused in words', (value, message) => {
  const checked = checkConfig(value);
  expect(
    checked.ok ? [] : checked.problems.map(formatProblem).map((line) => line.slice(0, message.length)),
  ).toEqual([message]);
});
