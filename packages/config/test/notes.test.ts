import { describe, expect, it } from 'vitest';
import { formatProblem, locate } from '../src/index.ts';
import { scenarioOf } from './loading.ts';

const both = 'arrival: {rate_per_s: 2}\nprompt_tokens: {mean: 5}\n';

describe('notes', () => {
  it('stand beside a trace that wins: the configuration has no distributions', () => {
    const { config } = scenarioOf(`${both}trace: {path: a.csv}\n`);
    expect(config.trace).toEqual({ path: 'a.csv' });
    expect(config).not.toHaveProperty('arrival');
    expect(config).not.toHaveProperty('prompt_tokens');
  });

  it('name every key that a trace in the same file leaves without effect', () => {
    expect(scenarioOf(`${both}trace: {path: a.csv}\n`).notes.map(formatProblem)).toEqual([
      'a.yaml:1:1: arrival has no effect: the trace gives arrivals and lengths. Remove arrival, or remove the trace.',
      'a.yaml:2:1: prompt_tokens has no effect: the trace gives arrivals and lengths. Remove prompt_tokens, or remove the trace.',
    ]);
  });

  it('are silent without a trace, and when a flag brings it on purpose', () => {
    expect(scenarioOf(both).notes).toEqual([]);
    expect(scenarioOf(both, ['trace={path: a.csv}']).notes).toEqual([]);
  });

  it.each(['trace={path: a.csv}', 'trace.limit=3'])(
    'name what a flag says of arrivals and lengths beside a trace, with %s',
    (trace) => {
      const flags = [trace, 'arrival.rate_per_s=4', 'output_tokens={mean: 3}'];
      const text = trace.startsWith('trace=') ? both : 'trace: {path: a.csv}\n';
      expect(scenarioOf(text, flags).notes.map(formatProblem)).toEqual([
        '--set arrival.rate_per_s=4: arrival.rate_per_s has no effect: the trace gives arrivals and lengths. Write trace.time_scale instead: 0.5 doubles the load.',
        '--set output_tokens={mean: 3}: output_tokens.mean has no effect: the trace gives arrivals and lengths. Remove output_tokens.mean, or remove the trace.',
      ]);
    },
  );
});

describe('notes on prefixes', () => {
  const caching = (mode: string) =>
    `mode: ${mode}
cluster_mono: {model: steps, replica: {enable_prefix_caching: true}}
cluster_disagg: {model: steps, prefill_replica: {enable_prefix_caching: true}, decode_replica: {}}
`;

  it('say that prompts without text share none', () => {
    const lost = 'enable_prefix_caching has no effect: prompts that are drawn share no prefix';
    const fix = 'Replay a trace with hash ids, or remove it.';
    expect(scenarioOf(caching('mono')).notes.map(formatProblem)).toEqual([`a.yaml:2:40: ${lost}. ${fix}`]);
    expect(scenarioOf(caching('disagg')).notes.map(formatProblem)).toEqual([`a.yaml:3:50: ${lost}. ${fix}`]);
  });

  it('are silent about a trace, and about a cluster that is not run', () => {
    expect(scenarioOf(`${caching('mono')}trace: {path: a.jsonl}\n`).notes).toEqual([]);
    expect(
      scenarioOf(
        caching('mono').replace('mono: {model: steps, replica: {enable_prefix_caching: true}}', 'mono: {}'),
      ).notes,
    ).toEqual([]);
  });
});

describe('locate', () => {
  const bare = { file: '', line: null, column: null, flag: null, message: 'm', fix: 'f.' };

  it('finds the value, the flag, or the nearest mapping that was written', () => {
    const scenario = scenarioOf('mode: mono\ncluster_mono:\n  num_gpus: 3\n', ['random_seed=7']);
    expect(locate({ ...bare, path: 'cluster_mono.num_gpus' }, scenario)).toMatchObject({
      file: 'a.yaml',
      line: 3,
      column: 13,
    });
    expect(locate({ ...bare, path: 'cluster_mono.model' }, scenario)).toMatchObject({ line: 2, column: 1 });
    expect(locate({ ...bare, path: 'random_seed' }, scenario)).toMatchObject({
      line: null,
      flag: '--set random_seed=7',
    });
    expect(locate({ ...bare, path: '' }, scenario)).toMatchObject({ line: 1, column: 1 });
  });

  it('leaves a problem that has its place', () => {
    const placed = { ...bare, path: 'mode', line: 9, column: 9 };
    expect(locate(placed, scenarioOf('mode: mono'))).toBe(placed);
  });
});
