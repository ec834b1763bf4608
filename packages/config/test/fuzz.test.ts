/** No text makes loading throw, and every problem stands inside its text. */
import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile, defaultConfig, formatProblem, loadScenario, origins, toYaml } from '../src/index.ts';

const folder = new URL('../../../configs/', import.meta.url);
const shipped = readdirSync(folder)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => readFileSync(new URL(file, folder), 'utf8'));
const seeds = [
  ...shipped,
  toYaml(defaultConfig()),
  'cluster_mono:\n  model: steps\n  replica: {step_time: {base_s: 0.1}}\n',
  'cluster_mono: {model: steps, replica: {model: llama-3.1-8b, gpu: l4, tensor_parallel_size: 2, precision: fp8}}\n',
];

function mustHold(text: string): void {
  const loaded = loadScenario(text, { file: 'f.yaml' });
  if (loaded.ok) {
    expect(origins(loaded.scenario).length).toBeGreaterThan(10);
    compile(loaded.scenario.config);
    return;
  }
  expect(loaded.problems.length).toBeGreaterThan(0);
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  for (const problem of loaded.problems) {
    const line = lines[(problem.line ?? 0) - 1];
    expect(line, formatProblem(problem)).toBeDefined();
    expect(problem.column).toBeGreaterThanOrEqual(1);
    expect(problem.column).toBeLessThanOrEqual((line?.length ?? 0) + 1);
    expect(problem.message).toMatch(/^\S.*[^.]$/);
    expect(problem.fix).toMatch(/^\S.*[.?]$/);
  }
}

/** Words and marks that YAML and scenarios react to. */
const piece = fc.oneof(
  fc.constantFrom(
    ...[
      '\n',
      ' ',
      '  ',
      '\t',
      ':',
      ': ',
      '- ',
      '? ',
      '#',
      '{',
      '}',
      '[',
      ']',
      ',',
      '"',
      "'",
      '|',
      '>',
      '&a ',
      '*a',
      '!',
      '!!int ',
      '%YAML 1.1',
      '---',
      '...',
      '<<',
      '@',
      '`',
      '\r',
      '\r\n',
      '\0',
      '\uFEFF',
      '\u2028',
      '💥',
      '__proto__',
      '.nan',
      '-.inf',
      '1e999',
      '0x1F',
      '~',
      'null',
      'true',
    ],
    ...[
      'mode',
      'arrival',
      'rate_per_s',
      'trace',
      'path',
      'cluster_mono',
      'model',
      'steps',
      'preset',
      'gpu',
      'llama-3.1-70b',
      'qwen3-32b/bf16/h100-sxm/tp2',
      'sharing',
      'layerwise',
      'p50_p90',
      'slo',
      '600s',
      '8k',
      '-1',
      '0',
    ],
  ),
  fc.string({ unit: 'binary', maxLength: 5 }),
);

/** A shipped scenario with pieces put in place of stretches of it. */
const mutated = fc
  .record({
    text: fc.constantFrom(...seeds),
    edits: fc.array(fc.record({ at: fc.nat(5000), drop: fc.nat(12), piece }), { minLength: 1, maxLength: 6 }),
  })
  .map(({ text, edits }) =>
    edits.reduce((edited, { at, drop, piece }) => {
      const start = at % (edited.length + 1);
      return edited.slice(0, start) + piece + edited.slice(start + drop);
    }, text),
  );

describe('loading any text', () => {
  it('of random characters', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), mustHold), { numRuns: 1000 });
  });

  it('of random YAML pieces', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 40 }).map((pieces) => pieces.join('')),
        mustHold,
      ),
      { numRuns: 1000 },
    );
  });

  it('of shipped scenarios with mistakes', () => {
    fc.assert(fc.property(mutated, mustHold), { numRuns: 1000 });
  });
});
