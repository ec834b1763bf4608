import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReadTraceOptions, readTrace, TRACE_FORMATS, writeTrace } from '../src/index.ts';
import { arbitraryTrace, pieces } from './support/arbitrary.ts';
import { AZURE, fixture, MOONCAKE, type traceIn } from './support/read.ts';

const samples = [AZURE, MOONCAKE, fixture('sharegpt-300.jsonl')].map((path) =>
  readFileSync(path).subarray(0, 2000),
);

/** Real beginnings with bytes overwritten, put in and cut off. */
const damaged = fc
  .record({
    sample: fc.constantFrom(...samples, ...['csv', 'burstgpt', 'jsonl'].map(written)),
    hits: fc.array(fc.tuple(fc.nat(), fc.oneof(fc.nat(255), fc.constantFrom(...'",\n\r\\{}[]:-.e0'))), {
      maxLength: 6,
    }),
    length: fc.option(fc.nat(2000), { nil: 2000 }),
  })
  .map(({ sample, hits, length }) => {
    const bytes = Uint8Array.from(sample.subarray(0, length));
    for (const [at, hit] of hits)
      bytes[at % bytes.length] = typeof hit === 'number' ? hit : hit.charCodeAt(0);
    return bytes;
  });

function written(name: string): Uint8Array {
  const format = TRACE_FORMATS.find((candidate) => candidate.name === name)?.name ?? 'csv';
  const [trace] = fc.sample(arbitraryTrace(1000), { seed: 1, numRuns: 1 });
  return trace === undefined
    ? new Uint8Array()
    : new TextEncoder().encode([...writeTrace(trace, format)].join(''));
}

const options: fc.Arbitrary<ReadTraceOptions> = fc.record(
  {
    limit: fc.integer({ min: 1, max: 50 }),
    start_s: fc.oneof(fc.constant(0), fc.double({ min: 0, max: 100, noNaN: true })),
    time_scale: fc.double({ min: 1e-6, max: 1e9, noNaN: true }),
    jitter: fc.oneof(fc.boolean(), fc.double({ min: 0, max: 10, noNaN: true })),
    sort: fc.boolean(),
    hash_ids: fc.boolean(),
  },
  { requiredKeys: [] },
);

test('no bytes throw or give half a trace', async () => {
  const bytes = fc.oneof(
    damaged,
    fc.uint8Array({ maxLength: 300 }),
    fc.string({ unit: 'binary' }).map((s) => new TextEncoder().encode(s)),
  );
  await fc.assert(
    fc.asyncProperty(bytes, options, fc.array(fc.nat(), { maxLength: 3 }), async (contents, chosen, cuts) => {
      const result = await readTrace(pieces(contents, cuts), { file: 't', ...chosen });
      if (result.ok) soundTrace(result.trace.workload, chosen);
      else soundProblems(result.problems, contents);
    }),
    { numRuns: 1500 },
  );
});

function soundTrace(
  { arrival_s, prompt_tokens, output_tokens }: Awaited<ReturnType<typeof traceIn>>['workload'],
  { limit = Number.POSITIVE_INFINITY }: ReadTraceOptions,
): void {
  expect(arrival_s.length).toBeGreaterThan(0);
  expect(arrival_s.length).toBeLessThanOrEqual(limit);
  expect([prompt_tokens.length, output_tokens.length]).toEqual([arrival_s.length, arrival_s.length]);
  expect(arrival_s.every((time, i) => Number.isFinite(time) && time >= (arrival_s[i - 1] ?? 0))).toBe(true);
  expect(prompt_tokens.every((tokens) => tokens >= 1)).toBe(true);
  expect(output_tokens.every((tokens) => tokens >= 1)).toBe(true);
}

function soundProblems(
  problems: readonly { line: number; column: number; message: string; fix: string }[],
  contents: Uint8Array,
): void {
  const lines = new TextDecoder().decode(contents).split('\n');
  expect(problems.length).toBeGreaterThan(0);
  expect(problems.length).toBeLessThanOrEqual(20);
  problems.forEach(({ line, column, message, fix }, i) => {
    expect(line).toBeGreaterThanOrEqual(problems[i - 1]?.line ?? 1);
    expect(line).toBeLessThanOrEqual(lines.length);
    expect(column).toBeGreaterThanOrEqual(1);
    expect(column).toBeLessThanOrEqual((lines[line - 1]?.length ?? 0) + 1);
    expect(message).not.toMatch(/\.$|undefined|NaN of/);
    expect(fix).toMatch(/^[A-Z].*\.$/s);
  });
}
