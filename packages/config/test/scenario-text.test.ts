import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkConfig, defaultConfig, scenarioTitle, toYaml } from '../src/index.ts';
import { tokenRateScenario } from './arbitrary.ts';
import { configOf } from './loading.ts';

describe('toYaml', () => {
  it('writes a text that loads as the same configuration', () => {
    fc.assert(
      fc.property(tokenRateScenario, (input) => {
        const checked = checkConfig(input);
        if (!checked.ok) throw new Error('not valid');
        expect(configOf(toYaml(checked.config))).toEqual(checked.config);
      }),
    );
    for (const text of [
      'trace: {path: "a b: c.csv"}',
      'cluster_mono: {model: steps}',
      'arrival: {max_requests: 3}',
      'arrival: {process: closed_loop, concurrency: 3, max_requests: 9}',
      'prompt_tokens: {mode: uniform, min: 2, max: 3}',
      'cluster_mono: {model: steps, routing: least_tokens, replica: {preset: llama-3.1-8b/bf16/h100-sxm/tp1}}',
      'cluster_mono: {model: steps, replica: {model: qwen3-32b, gpu: l4, tensor_parallel_size: 8, step_time: {base_s: 1}}}',
      'cluster_disagg: {model: steps, link: {bandwidth_bytes_per_s: 1, kv_bytes_per_token: 1, sharing: fair, nic_bytes_per_s: {decode: 2}}}',
    ]) {
      expect(configOf(toYaml(configOf(text)))).toEqual(configOf(text));
    }
  });

  it('writes every default without what it is', () => {
    expect(configOf(toYaml(defaultConfig()))).toEqual(configOf('mode: mono'));
  });

  it('leaves out a cluster, also as an example', () => {
    const config = configOf('cluster_mono: {model: steps, replicas: 3}\ncluster_disagg: {prefill_gpus: 7}');
    const text = toYaml(config, { without: 'cluster_disagg' });
    expect(text).not.toContain('cluster_disagg');
    expect(configOf(text)).toEqual({ ...config, cluster_disagg: defaultConfig().cluster_disagg });
  });

  it('puts a description above every key, and examples of optional keys into comments', () => {
    const lines = toYaml(defaultConfig()).split('\n');
    for (const [index, line] of lines.entries()) {
      if (/^\s*\w+:/.test(line)) expect(lines[index - 1], line).toMatch(/^\s*# /);
    }
    expect(lines).toContain('# slo: {ttft_s: 0.5, tpot_s: 0.05}');
    expect(lines).toContain('  # burstiness: 0.5');
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(110);
  });

  it('its commented examples are valid, too', () => {
    const text = toYaml(defaultConfig())
      .replace('# slo:', 'slo:')
      .replace('# link:', 'link:')
      .replace('# max_requests:', 'max_requests:');
    expect(configOf(text)).toMatchObject({ slo: { ttft_s: 0.5 }, arrival: { max_requests: 1000 } });
  });

  it('begins with the title and the line that editors read', () => {
    const text = toYaml(defaultConfig(), { title: 'Mine.', schema: './s.json' });
    expect(text.startsWith('# yaml-language-server: $schema=./s.json\n# Mine.\n')).toBe(true);
    expect(scenarioTitle(text)).toEqual({ title: 'Mine.', about: '' });
  });
});

describe('scenarioTitle', () => {
  it.each([
    [
      '# yaml-language-server: $schema=x\n# Light load.\n# Two\n# lines.\n\n# later\nmode: mono',
      'Light load.',
      'Two lines.',
    ],
    ['\n\n#   Spaces.  \r\nmode: mono\n# no', 'Spaces.', ''],
    ['mode: mono\n# too late', '', ''],
    ['', '', ''],
    ['#\n# After an empty comment.\nmode: mono', 'After an empty comment.', ''],
  ])('%j', (text, title, about) => {
    expect(scenarioTitle(text)).toEqual({ title, about });
  });
});
