/** What the editor suggests, from text and cursor alone; `|` is the cursor. */
import { jsonSchema } from '@llmsim/config';
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cursorContext } from '../src/editor/cursor-context.ts';
import { suggestionsAt } from '../src/editor/suggestions.ts';
import { scenarioNames, scenarioText } from './reference.ts';

const schema = jsonSchema();

function suggested(marked: string): readonly string[] {
  const context = cursorContext(marked.replace('|', ''), marked.indexOf('|'));
  return context === null ? [] : suggestionsAt(schema, context).map(({ label }) => label);
}

describe('suggestions', () => {
  test('are the keys of the root that are not there yet', () => {
    const keys = suggested('mode: mono\n|\nslo: {ttft_s: 1}\n');
    expect(keys).toContain('arrival');
    expect(keys).toContain('cluster_disagg');
    expect(keys).not.toContain('mode');
    expect(keys).not.toContain('slo');
  });

  test('are the keys of the mapping around the cursor, by indentation or in braces', () => {
    expect(suggested('arrival:\n  rate_per_s: 2\n  |')).toEqual(
      expect.arrayContaining(['process', 'max_requests']),
    );
    expect(suggested('slo: {ttft_s: 1, |}')).toEqual(['tpot_s']);
    expect(suggested('cluster_mono:\n  model: steps\n  replica: { |')).toContain('max_num_seqs');
    expect(suggested('cluster_mono:\n  model: steps\n  replica:\n    step_time:\n      |')).toContain(
      'base_s',
    );
  });

  test('follow what another key has decided', () => {
    expect(suggested('cluster_mono:\n  model: steps\n  |')).not.toContain('num_gpus');
    expect(suggested('cluster_mono:\n  |\n  model: token_rate\n')).not.toContain('replicas');
    expect(suggested('cluster_mono:\n  |')).toEqual(expect.arrayContaining(['num_gpus', 'replicas']));
  });

  test('are the values of a key that has a few', () => {
    expect(suggested('mode: |')).toEqual(['mono', 'disagg']);
    expect(suggested('arrival: {process: |')).toEqual(['poisson', 'gamma', 'constant', 'closed_loop']);
    expect(suggested('cluster_mono:\n  model: steps\n  replica:\n    enable_chunked_prefill: |')).toEqual([
      'true',
      'false',
    ]);
    expect(suggested('sim_seconds: |')).toEqual([]);
  });

  test('are none in a comment', () => {
    expect(suggested('# |')).toEqual([]);
    expect(suggested('mode: mono # |')).toEqual([]);
  });

  test('come for any cursor in any text, and never twice', () => {
    const texts = fc.oneof(fc.string(), fc.constantFrom(...scenarioNames.map(scenarioText)));
    fc.assert(
      fc.property(texts, fc.nat(), (text, position) => {
        const context = cursorContext(text, position % (text.length + 1));
        const labels = context === null ? [] : suggestionsAt(schema, context).map(({ label }) => label);
        expect(new Set(labels).size).toBe(labels.length);
      }),
    );
  });

  test('every key of every shipped scenario would have been suggested where it stands', () => {
    for (const text of scenarioNames.map(scenarioText)) {
      for (const { index, 0: line, 1: indent = '', 2: key = '' } of text.matchAll(/^( *)([a-z_]+):.*$/gm)) {
        const cursor = index + indent.length;
        const without = text.slice(0, cursor) + text.slice(index + line.length);
        const context = cursorContext(without, cursor);
        const labels = context === null ? [] : suggestionsAt(schema, context).map(({ label }) => label);
        expect(labels, line).toContain(key);
      }
    }
  });
});
