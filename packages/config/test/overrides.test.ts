import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { origins } from '../src/index.ts';
import { configOf, linesOf, scenarioOf } from './loading.ts';

const file = 'mode: disagg\narrival: {rate_per_s: 2}\nslo:\n  ttft_s: 0.5\n';

describe('--set', () => {
  it('reads the value as YAML, the last assignment wins, and the rest of the file stays', () => {
    const config = configOf(file, ['arrival.rate_per_s=3', 'arrival.rate_per_s=4.5', 'quantiles=histogram']);
    expect(config.arrival).toMatchObject({ rate_per_s: 4.5 });
    expect(config).toMatchObject({ mode: 'disagg', quantiles: 'histogram', slo: { ttft_s: 0.5 } });
  });

  it('gives the same configuration as the file with the value in it', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 1e9, noNaN: true }), (rate) => {
        expect(configOf(file, [`arrival.rate_per_s=${rate}`])).toEqual(
          configOf(file.replace('2}', `${rate}}`)),
        );
      }),
    );
  });

  it('takes whole mappings and creates those that are missing', () => {
    expect(configOf(file, ['slo={tpot_s: 0.1}']).slo).toEqual({ tpot_s: 0.1 });
    expect(
      configOf(file, [
        'cluster_disagg.link.bandwidth_bytes_per_s=1e9',
        'cluster_disagg.link.kv_bytes_per_token=8',
      ]).cluster_disagg,
    ).toMatchObject({
      link: { latency_s: 0, bandwidth_bytes_per_s: 1e9, kv_bytes_per_token: 8 },
    });
    expect(configOf('mode: mono\nslo:\n', ['slo.ttft_s=1']).slo).toEqual({ ttft_s: 1 });
  });

  it('removes a key by an empty value or null', () => {
    expect(configOf(file, ['slo=']).slo).toBeUndefined();
    expect(configOf(file, ['arrival.rate_per_s=null']).arrival).toMatchObject({ rate_per_s: 2 });
    expect(configOf(file, ['trace.path=']).trace).toBeUndefined();
  });

  it('keeps an equals sign in the value', () => {
    expect(configOf(file, ['trace.path=a=b.csv']).trace).toEqual({ path: 'a=b.csv' });
  });

  it.each([
    [
      'arrival.rate_per_s=x',
      '--set arrival.rate_per_s=x: arrival.rate_per_s must be a number, got "x". Write for example rate_per_s: 2.',
    ],
    ['arrival.rate=3', '--set arrival.rate=3: unknown key "rate" in arrival. Did you mean rate_per_s?'],
    ['num_gpus=3', '--set num_gpus=3: unknown key "num_gpus". It belongs at cluster_mono.num_gpus.'],
    [
      'arrival.rate_per_s',
      '--set arrival.rate_per_s: a key and "=" are needed. Write --set key.key=value, such as --set arrival.rate_per_s=4.',
    ],
    [
      '=3',
      '--set =3: a key and "=" are needed. Write --set key.key=value, such as --set arrival.rate_per_s=4.',
    ],
    [
      'a..b=3',
      '--set a..b=3: a..b has an empty key. Write --set key.key=value, such as --set arrival.rate_per_s=4.',
    ],
    [
      'mode.x=3',
      '--set mode.x=3: mode.x reaches into mode, which is no mapping. Remove mode or give it keys.',
    ],
    [
      'slo={ttft_s',
      '--set slo={ttft_s: slo has a value that is not YAML. Write a number, a word, or {key: value}; quote it for your shell.',
    ],
    [
      'slo=3\nmode: mono',
      '--set slo=3\nmode: mono: slo has a value that is not YAML. Write a number, a word, or {key: value}; quote it for your shell.',
    ],
  ])('%j points at itself', (assignment, line) => {
    expect(linesOf(file, [assignment])).toEqual([line]);
  });

  it('comes together with the problems of the file', () => {
    expect(linesOf('sim_seconds: 0\n', ['random_seed=-1'])).toHaveLength(2);
  });

  it('never throws, whatever is assigned', () => {
    fc.assert(fc.property(fc.string(), (assignment) => void linesOf(file, [assignment])));
    fc.assert(fc.property(fc.string(), (value) => void linesOf(file, [`arrival.rate_per_s=${value}`])));
  });
});

describe('origins', () => {
  const scenario = scenarioOf(file, ['arrival.rate_per_s=4', 'slo.tpot_s=0.1']);
  const from = new Map(origins(scenario).map(({ path, value, from }) => [path, [value, from]]));

  it('tell for every value of the configuration where it was written', () => {
    expect(from.get('mode')).toEqual(['disagg', 'a.yaml:1:7']);
    expect(from.get('slo.ttft_s')).toEqual([0.5, 'a.yaml:4:11']);
    expect(from.get('slo.tpot_s')).toEqual([0.1, '--set slo.tpot_s=0.1']);
    expect(from.get('arrival.rate_per_s')).toEqual([4, '--set arrival.rate_per_s=4']);
    expect(from.get('random_seed')).toEqual([42, 'default']);
    expect(from.get('sim_seconds')).toEqual([600, 'default']);
  });

  it('rebuild the configuration', () => {
    const assignments = origins(scenario).map(({ path, value }) => `${path}=${value}`);
    expect(configOf('mode: mono', assignments)).toEqual(scenario.config);
  });
});
