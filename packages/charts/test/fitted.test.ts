/** Texts that are too long end early and say so; keys lose their first sections. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { rowName } from '../src/category-ticks.ts';
import { fitted } from '../src/fitted.ts';
import { chartsSvg } from '../src/svg/chart-svg.ts';
import { bars, curves, heatmap } from './samples.ts';

const upTo = (most: number) => (text: string) => [...new Intl.Segmenter().segment(text)].length <= most;

test('as long as it may be, never longer', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, most) => {
      const shown = fitted(text, upTo(most));
      expect(upTo(most)(shown)).toBe(true);
      if (upTo(most)(text)) expect(shown).toBe(text);
      else expect(shown).toContain('…');
    }),
  );
});

test('a letter of several parts stays whole or goes', () => {
  const family = '👨‍👩‍👧‍👦';
  const fits = (text: string): boolean => text.length <= 16;
  expect(fitted(`${family}${family}`, fits)).toBe(`${family}…`);
  expect(fitted('e\u0301'.repeat(9), fits)).toBe(`${'e\u0301'.repeat(7)}…`);
});

test('the last section of a key says most', () => {
  const key = 'cluster_disagg.decode.tokens_per_s';
  expect(fitted(key, upTo(30))).toBe('…decode.tokens_per_s');
  expect(fitted(key, upTo(16))).toBe('…tokens_per_s');
  expect(fitted(key, upTo(6))).toBe('clust…');
  expect(fitted('vs. 10 % more', upTo(6))).toBe('vs. 1…');
});

test('the name of a row takes two lines before it loses anything, and stays apart from its like', () => {
  const [prefill, decode] = ['prefill', 'decode'].map((pool) => `cluster_disagg.${pool}_tokens_per_s`);
  expect(rowName('prompt_tokens.mean', upTo(18))).toBe('prompt_tokens.mean');
  expect(rowName('prompt_tokens.mean', upTo(14))).toEqual(['prompt_tokens.', 'mean']);
  expect(rowName(prefill ?? '', upTo(14))).toEqual(['…prefill_', 'tokens_per_s']);
  expect(rowName(decode ?? '', upTo(14))).toEqual(['…decode_', 'tokens_per_s']);
  expect(rowName('first decode step', upTo(12))).toEqual(['first decode', 'step']);
  expect(rowName('disaggregated', upTo(6))).toBe('disag…');
});

/** Where the plot is in a drawing: its height between the first and the last level line of the grid. */
function plotHeight(svg: string): number {
  const ys = [...svg.matchAll(/<path d="M[\d.]+,([\d.]+)L[\d.]+,\1"/g)].map(([, y]) => Number(y));
  return Math.max(...ys) - Math.min(...ys);
}

test('long names leave an SVG its chart and its edges', () => {
  const name =
    'a name that goes on and on: prefill 8, decode 12, llama-3.1-405b-instruct on 96 GPUs of one pod';
  const [one] = curves.series;
  if (one === undefined) throw new Error('no series');
  const many = Array.from({ length: 9 }, (_, index) => ({ ...one, name: `${index} ${name}` }));
  const crowded = chartsSvg([{ ...curves, series: many, lines: [{ label: name, x: 2 }] }]);
  expect(plotHeight(crowded)).toBeGreaterThan(0.9 * plotHeight(chartsSvg([curves])));

  const titled = chartsSvg([
    { ...curves, title: `${name} ${name}`, lines: [{ label: name, x: 2 }] },
    { ...bars, bars: bars.bars.map((bar) => ({ ...bar, label: `${bar.label} ${name}` })) },
    { ...heatmap, y: { label: 'y', categories: [name, '2'] } },
  ]);
  // No text is longer than a line of the sheet.
  for (const [, text = ''] of titled.matchAll(/<text[^>]*>([^<]*)</g)) expect(text.length).toBeLessThan(100);
  expect(titled).toContain('arrival rate a name');
});

test('an SVG says what the signs of a heatmap mean', () => {
  expect(chartsSvg([heatmap])).toContain('★ best · ✗ fails · ▲ overloaded');
});
