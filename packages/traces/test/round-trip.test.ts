import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { conversionLosses, readTrace, TRACE_FORMATS, type WritableTrace, writeTrace } from '../src/index.ts';
import { arbitraryTrace } from './support/arbitrary.ts';
import { AZURE, fixture, good, MOONCAKE, rowsOf, traceIn, traceOf } from './support/read.ts';

const text = (trace: WritableTrace, name: (typeof TRACE_FORMATS)[number]['name']) =>
  [...writeTrace(trace, name)].join('');

describe.each(TRACE_FORMATS)('$name', ({ name, time, columns }) => {
  const block_size = columns.hash_ids?.block_size;
  const steps_per_s = time.resolution_s === 0 ? 1e9 : Math.round(1 / time.resolution_s);

  test('what is written is read back, bit for bit on the resolution of the format', async () => {
    await fc.assert(
      fc.asyncProperty(
        arbitraryTrace(steps_per_s, { block_size, sessions: columns.session !== undefined }),
        async (trace) => {
          const options = {
            format: name,
            hash_ids: true,
            ...(block_size === undefined ? {} : { block_size }),
          };
          const back = good(await readTrace(writeTrace(trace, name), options));
          expect(back.workload).toEqual(trace.workload);
          const [loss, ...others] = conversionLosses(trace, name);
          expect(others).toEqual([]);
          if (loss !== undefined) expect(loss).toMatch(/does not say the block size/);
        },
      ),
      { numRuns: 50 },
    );
  });

  test('times off the resolution move by half of it at most, and this is said', async () => {
    const arrival_s = Float64Array.of(0, 0.123456789012, 1 / 3, 12345.6789012345);
    const lengths = Int32Array.of(1, 2, 3, 4);
    const trace = {
      workload: { kind: 'replay' as const, arrival_s, prompt_tokens: lengths, output_tokens: lengths },
    };
    const back = await traceIn(text(trace, name), { format: name });
    back.workload.arrival_s.forEach((s, i) => {
      expect(Math.abs(s - (arrival_s[i] ?? 0))).toBeLessThanOrEqual(time.resolution_s / 2 + 1e-12);
    });
    expect(conversionLosses(trace, name)).toEqual(
      time.resolution_s === 0 ? [] : [`Arrival times are rounded to ${time.resolution_s} s.`],
    );
  });

  test('the real traces survive a detour', async () => {
    const azure = await traceOf(AZURE, { limit: 500 });
    if (time.resolution_s <= 1e-7) {
      expect(rowsOf(await traceIn(text(azure, name), { format: name }))).toEqual(rowsOf(azure));
    }
    const mooncake = await traceOf(MOONCAKE);
    expect(rowsOf(await traceIn(text(mooncake, name), { format: name }))).toEqual(rowsOf(mooncake));
  });
});

test('Azure is written as Azure writes, from 1970 on', async () => {
  const trace = await traceOf(AZURE, { limit: 2 });
  expect(text(trace, 'azure')).toBe(
    'TIMESTAMP,ContextTokens,GeneratedTokens\n1970-01-01 00:00:00.0000000,374,44\n1970-01-01 00:00:04.3145790,396,109\n',
  );
});

test('Mooncake is written as it was read', async () => {
  const first =
    '{"timestamp":0,"input_length":700,"output_length":5,"hash_ids":[0,1]}\n{"timestamp":3000,"input_length":600,"output_length":6,"hash_ids":[0,2]}\n';
  expect(text(await traceIn(first, { hash_ids: true }), 'mooncake')).toBe(first);
});

test('BurstGPT rows add up', async () => {
  const trace = await traceIn('arrival_s,prompt_tokens,output_tokens\n1.5,7,8\n');
  expect(text(trace, 'burstgpt')).toBe(
    'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type\n1.5,unknown,7,8,15,unknown\n',
  );
});

describe('losses', () => {
  test('blocks of another size have no place', async () => {
    const trace = await traceOf(fixture('sharegpt-300.jsonl'), { hash_ids: true });
    expect(conversionLosses(trace, 'mooncake')).toEqual([
      'Arrival times are rounded to 0.001 s.',
      'Prefix hash ids of 16-token blocks have no place in mooncake and are left out.',
    ]);
    expect(text(trace, 'mooncake')).not.toContain('hash_ids');
    expect(conversionLosses(trace, 'sharegpt')).toEqual([]);
    expect(conversionLosses(trace, 'vllm')).toEqual([
      'vllm does not say the block size: tell its reader that blocks have 16 tokens.',
    ]);
  });

  test('dates forget what came before the first request', async () => {
    const trace = await traceIn('arrival_s,prompt_tokens,output_tokens\n2,1,1\n3,1,1\n');
    expect(conversionLosses(trace, 'azure')).toEqual([
      'azure has dates: read back, the first request arrives at 0 s, not at 2 s.',
    ]);
  });
});
