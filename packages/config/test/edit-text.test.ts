import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultConfig, editText, toYaml } from '../src/index.ts';
import { configOf } from './loading.ts';

const file = '# March\narrival: { rate_per_s: 2.0 } # measured\n\nslo:\nmode: mono # for now\n';

const written = file.replace('slo:', 'slo: {tpot_s: 1}');

const paths = [
  ['arrival.rate_per_s', fc.double({ min: 1e-6, max: 1e9, noNaN: true })],
  ['random_seed', fc.maxSafeNat()],
  ['mode', fc.constantFrom('mono', 'disagg')],
  ['slo.ttft_s', fc.double({ min: 1e-6, max: 1e9, noNaN: true })],
  ['cluster_mono.num_gpus', fc.integer({ min: 1, max: 1000 })],
  ['cluster_disagg.link.bandwidth_bytes_per_s', fc.double({ min: 1, max: 1e12, noNaN: true })],
] as const;

describe('editText', () => {
  it.each(paths)('means what --set means: %s', (path, values) => {
    const commented = toYaml(defaultConfig());
    fc.assert(
      fc.property(values, fc.constantFrom(written, commented, ''), (value, text) => {
        const needsTokens = path.includes('link') ? ['cluster_disagg.link.kv_bytes_per_token=8'] : [];
        expect(configOf(editText(text, path, value) ?? '', needsTokens)).toEqual(
          configOf(text === '' ? 'mode: mono' : text, [`${path}=${value}`, ...needsTokens]),
        );
      }),
      { numRuns: 25 },
    );
  });

  it('changes the value and nothing else where it was written', () => {
    expect(editText(file, 'arrival.rate_per_s', 3)).toBe(file.replace('2.0', '3'));
    expect(editText(file, 'mode', 'disagg')).toBe(file.replace('mono', 'disagg'));
  });

  it('keeps comments and the rest when it has to write a key', () => {
    expect(editText(file, 'slo.ttft_s', 0.5)).toBe(file.replace('slo:\n', 'slo:\n  ttft_s: 0.5\n'));
    expect(editText(file, 'random_seed', 7)).toBe(`${file}random_seed: 7\n`);
    expect(editText('# only this\n', 'mode', 'mono')).toContain('mode: mono');
  });

  it('quotes what would not be one value', () => {
    expect(configOf(editText('trace: {path: a.csv}', 'trace.path', 'a, b}: c.csv') ?? '').trace).toEqual({
      path: 'a, b}: c.csv',
    });
  });

  it.each([
    ['mode.x', file],
    ['arrival', file],
    ['mode', 'a'],
    ['mode', '- a'],
    ['mode', 'a: ['],
  ])('gives up where %s cannot stand', (path, text) => {
    expect(editText(text, path, 1)).toBeNull();
  });

  it('never throws, and what it gives is a mapping', () => {
    fc.assert(
      fc.property(fc.string(), fc.constantFrom('mode', 'slo.ttft_s'), (text, path) => {
        const edited = editText(text, path, 1);
        if (edited !== null) expect(editText(edited, path, 2)).not.toBeNull();
      }),
    );
  });
});
