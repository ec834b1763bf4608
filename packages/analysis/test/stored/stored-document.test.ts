/** Stored results: documents come back whole, everything else is refused in words. */
import * as fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  compatible,
  latencyTable,
  ownPart,
  queueTimeline,
  type ResultDocument,
  storedDocument,
  versionProblem,
} from '../../src/index.ts';
import { results } from '../views/reports.ts';

const { report } = results.noSlo;
const document: ResultDocument = {
  kind: 'run',
  title: 'a run',
  answer: [{ text: 'It holds.', met: true }, { text: 'It is busy.' }],
  charts: [
    queueTimeline(report),
    {
      kind: 'bars',
      id: 'tornado',
      title: 'Tornado',
      value: { label: 'p99 TTFT', unit: 's', scale: 'linear', definition: 'A latency.' },
      bars: [{ label: 'rate', from: 1, to: 2, series: 'low' }],
      base: { label: 'now', value: 1.5 },
      notes: [],
    },
    {
      kind: 'heatmap',
      id: 'splits',
      title: 'Splits',
      x: { label: 'prefill GPUs', categories: ['1'] },
      y: { label: 'decode GPUs', categories: ['3'] },
      value: { label: 'goodput', unit: 'req/s', better: 'higher', definition: 'A rate.' },
      cells: [[{ value: null, text: '–', mark: 'best' }]],
      notes: [],
    },
  ],
  tables: [latencyTable(report)],
  origin: [{ label: 'seed', text: '42' }],
};

describe('storedDocument', () => {
  test('gives back what JSON kept', () => {
    expect(storedDocument(JSON.parse(JSON.stringify(document)))).toEqual({ document, problem: null });
  });

  test('names the place of what is wrong', () => {
    const damaged = { ...document, tables: [{ ...document.tables[0], rows: [[{ value: {}, text: '' }]] }] };
    expect(storedDocument(damaged).problem).toMatch(/^its document is damaged: tables\.0\.rows\.0\.0/);
  });

  test('gives up at the first mistake of a list, however many follow', () => {
    let lookedAt = 0;
    const charts = Array.from({ length: 1000 }, (_, id) => ({
      get id() {
        lookedAt++;
        return id;
      },
    }));
    expect(storedDocument({ ...document, charts }).problem).toMatch(/^its document is damaged: charts\.0/);
    // The first, once for each kind of chart that it might be.
    expect(lookedAt).toBeGreaterThan(0);
    expect(lookedAt).toBeLessThan(10);
  });

  test('no value at all makes it throw', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(storedDocument(value).problem).toMatch(/^its document is damaged: /);
      }),
    );
  });

  test('with any one part replaced it is a document or a problem', () => {
    const parts = ['kind', 'title', 'answer', 'charts', 'tables', 'origin'] as const;
    fc.assert(
      fc.property(fc.constantFrom(...parts), fc.jsonValue(), (part, value) => {
        const stored = storedDocument({ ...document, [part]: value });
        if (stored.document === null) expect(stored.problem).toContain(part);
        else expect(stored.document[part]).toEqual(JSON.parse(JSON.stringify(value)));
      }),
    );
  });
});

test('ownPart finds what is ours', () => {
  expect(ownPart({ duration: 1, llmsim: { version: '1.0.0' } })).toEqual({ version: '1.0.0' });
  expect(ownPart({ version: '1.0.0' })).toEqual({ version: '1.0.0' });
  for (const other of [null, 3, 'x', [1]]) expect(ownPart(other)).toBeNull();
});

it.each([
  ['0.0.1', '0.0.0', true],
  ['0.1.0', '0.0.0', false],
  ['1.4.0', '1.0.2', true],
  ['2.0.0', '1.0.0', false],
])('results of %s read by %s: %s', (other, own, read) => {
  expect(compatible(other, own)).toBe(read);
  expect(versionProblem(other, own) === null).toBe(read);
});
