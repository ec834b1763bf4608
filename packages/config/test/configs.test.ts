/** The scenarios that ship. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile, loadScenario, scenarioTitle } from '../src/index.ts';
import { configOf } from './loading.ts';

const folder = new URL('../../../configs/', import.meta.url);
const files = readdirSync(folder).filter((file) => file.endsWith('.yaml'));
const read = (file: string): string => readFileSync(new URL(file, folder), 'utf8');

describe.each(files)('configs/%s', (file) => {
  const text = read(file);
  const loaded = loadScenario(text, { file });

  it('is valid, and nothing in it is without effect', () => {
    expect(loaded).toMatchObject({ ok: true, scenario: { notes: [] } });
  });

  it('tells editors its schema and people what it shows', () => {
    expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=./llmsim.schema.json');
    const { title, about } = scenarioTitle(text);
    expect(title).toMatch(/^[A-Z].{10,100}\.$/);
    expect(about).not.toBe('');
  });

  it('compiles, or replays a trace that lies beside it', () => {
    if (!loaded.ok) throw new Error('not valid');
    const { config } = loaded.scenario;
    if (config.trace === undefined) expect(compile(config).ok).toBe(true);
    else expect(existsSync(new URL(config.trace.path, folder))).toBe(true);
  });
});

describe('the named scenarios', () => {
  it('have the parameters they are known for', () => {
    expect(configOf(read('light-load.yaml'))).toMatchObject({
      mode: 'disagg',
      sim_seconds: 300,
      warmup_seconds: 30,
      arrival: { rate_per_s: 1 },
      prompt_tokens: { mode: 'real_mean_std', mean: 512, std: 256 },
      cluster_disagg: { prefill_gpus: 1, decode_gpus: 1 },
    });
    expect(configOf(read('heavy-load.yaml'))).toMatchObject({
      mode: 'mono',
      arrival: { rate_per_s: 4 },
      prompt_tokens: { mode: 'real_mean_std', mean: 2048, std: 1024 },
      cluster_mono: { num_gpus: 4 },
    });
    expect(configOf(read('high-variance.yaml'))).toMatchObject({
      mode: 'disagg',
      prompt_tokens: { mode: 'p50_p90', p50: 128, p90: 2048 },
      output_tokens: { mode: 'p50_p90', p50: 64, p90: 512 },
      cluster_disagg: { prefill_gpus: 2, decode_gpus: 2 },
    });
  });

  it('replay the same hour on as many GPUs in one pool and in two', () => {
    const mono = configOf(read('azure-conv-mono.yaml'));
    const disagg = configOf(read('azure-conv-disagg.yaml'));
    expect(mono.trace).toEqual(disagg.trace);
    expect(mono.cluster_mono).toMatchObject({ num_gpus: 32 });
    expect(disagg.cluster_disagg).toMatchObject({ prefill_gpus: 2, decode_gpus: 30 });
  });
});
