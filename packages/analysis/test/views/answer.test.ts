import {
  batchedMonolithic,
  constant,
  disaggregated,
  exponential,
  monolithic,
  Simulation,
  type SimulationPlan,
  simulate,
  type TtftParts,
} from '@llmsim/engine';
import { describe, expect, test } from 'vitest';
import { answer, formatPercent, REQUIRED_ATTAINMENT } from '../../src/index.ts';
import { monoPlan, named, plans, results } from './reports.ts';

function sumOfParts(parts: TtftParts): number {
  const { prefill_queue_s, prefill_s, transfer_wait_s, transfer_s, decode_queue_s, first_decode_step_s } =
    parts;
  return prefill_queue_s + prefill_s + transfer_wait_s + transfer_s + decode_queue_s + first_decode_step_s;
}

describe.each(named)('of the %s run', (_, { report }) => {
  const found = answer(report);

  test('is made of sentences without holes', () => {
    const sentences = [
      found.verdict,
      found.tail,
      found.load,
      ...found.notes,
      found.warm_up ?? 'Nothing.',
      ...found.slo.map(({ text }) => text),
      found.binds ?? 'Nothing.',
    ];
    for (const sentence of sentences) {
      expect(sentence).toMatch(/\.$/);
      expect(sentence).not.toMatch(/NaN|undefined|null|Infinity/);
    }
  });

  test('judges each SLO by its attainment', () => {
    for (const { attainment, met } of found.slo) {
      expect(met).toBe(attainment === null ? null : attainment >= REQUIRED_ATTAINMENT);
    }
    expect(found.slo.map(({ slo }) => slo)).toEqual(report.slo === null ? [] : ['ttft_s', 'tpot_s', 'all']);
  });
});

test('the words of a stable run', () => {
  const { verdict, tail, load, slo, notes, state } = answer(results.mono.report);
  expect(state).toBe('stable');
  expect(verdict).toMatch(/^Stable: /);
  expect(tail).toMatch(
    /^p99 TTFT is [\d.]+ m?s against a target of 500 ms \(mean [\d.]+ m?s, [\d,]+ requests\)\.$/,
  );
  expect(load).toMatch(/^The gpu pool is [\d.]+ % utilised\.$/);
  expect(slo[0]?.text).toMatch(/^TTFT ≤ 500 ms: met by .+ % of [\d,]+ requests; p99 is [\d.]+ m?s\.$/);
  expect(slo[1]?.text).toMatch(
    /^TPOT ≤ 50\.0 ms: met by .+ % of the requests that have one; p99 is 0\.500 ms\.$/,
  );
  expect(slo[2]?.text).toMatch(/^Both SLOs: met by .+ % of [\d,]+ requests; goodput is [\d.]+ req\/s\.$/);
  expect(notes).toEqual([]);
});

describe('what binds', () => {
  const against = (slo: SimulationPlan['slo'], result: keyof typeof plans = 'mono') =>
    answer(simulate({ ...plans[result], ...(slo === undefined ? {} : { slo }) }).report).binds;

  test('nothing, where the SLOs are met or there are none', () => {
    expect(against({ ttft_s: 1000, tpot_s: 1000 })).toBeNull();
    expect(answer(results.noSlo.report).binds).toBeNull();
    expect(answer(results.empty.report).binds).toBeNull();
  });

  test('TTFT: with the largest part of what is late, and where it is spent', () => {
    const { slo, breakdown } = results.overloaded.report;
    const missed = breakdown?.missed;
    if (missed === null || missed === undefined) throw new Error('requests miss');
    const share = missed.prefill_queue_s / sumOfParts(missed);
    expect(share).toBeGreaterThan(0.5);
    expect(answer(results.overloaded.report).binds).toBe(
      `TTFT binds: ${formatPercent(1 - (slo?.ttft_attainment ?? 0))} miss it and ` +
        `${formatPercent(1 - (slo?.tpot_attainment ?? 0))} miss TPOT; ` +
        `${formatPercent(share)} of a late first token is prefill queue in the gpu pool.`,
    );
  });

  test('TPOT: with the time of a token, and the batch where there is one', () => {
    expect(against({ tpot_s: 1e-6 })).toMatch(
      /^TPOT binds: 100 % miss it; a token takes 0\.500 ms on average\.$/,
    );
    expect(against({ ttft_s: 1000, tpot_s: 1e-6 }, 'steps')).toMatch(
      /^TPOT binds: 100 % miss it and 0 % miss TTFT; a token takes [\d.]+ ms on average, in batches of [\d.]+ requests\.$/,
    );
  });

  test('TPOT: requests that the end of the run cut short are no slow ones', () => {
    const long = {
      kind: 'replay',
      arrival_s: [40, 299],
      prompt_tokens: [9, 9],
      output_tokens: [9, 9000],
    } as const;
    const { report } = simulate({ ...monoPlan, workload: long });
    expect(answer(report).binds).toBe(
      'TPOT binds: 50.0 % miss it and 0 % miss TTFT; they were not done before the run ended or were turned away.',
    );
  });

  test('a part that is spent between pools names no pool', () => {
    const slow = { latency_s: 5, bandwidth_bytes_per_s: 25e9, kv_bytes_per_token: 131072 };
    const cluster = {
      prefill_gpus: 4,
      decode_gpus: 4,
      prefill_tokens_per_s: 8000,
      decode_tokens_per_s: 2000,
    };
    const { report } = simulate({ ...monoPlan, architecture: disaggregated({ ...cluster, link: slow }) });
    expect(answer(report).binds).toMatch(/; [\d.]+ % of a late first token is KV transfer\.$/);
  });
});

test('without an SLO p99 stands alone', () => {
  expect(answer(results.noSlo.report).tail).toMatch(/^p99 TTFT is [\d.]+ m?s \(mean/);
});

test('an overloaded run fails its TTFT and says why', () => {
  const { state, verdict, slo } = answer(results.overloaded.report);
  expect(state).toBe('overloaded');
  expect(verdict).toContain('the gpu queue grew all along');
  expect(slo.find((line) => line.slo === 'ttft_s')?.met).toBe(false);
});

test('two pools: the busiest is named', () => {
  const { pools } = results.disagg.report;
  const busiest = [...pools].sort((a, b) => b.utilization - a.utilization)[0];
  expect(answer(results.disagg.report).load).toContain(`The ${busiest?.name} pool is the busiest`);
});

test('an empty run has no tail and no judgement', () => {
  const { tail, slo } = answer(results.empty.report);
  expect(tail).toBe('p99 TTFT is –: no first token fell in the measurement window.');
  expect(slo.map(({ text }) => text)).toEqual([
    'TTFT ≤ 500 ms: no request to judge arrived in the measurement window.',
    'TPOT ≤ 50.0 ms: no request to judge arrived in the measurement window.',
    'Both SLOs: no request to judge arrived in the measurement window.',
  ]);
});

test('requests that no replica could hold are spoken of', () => {
  const replica = {
    max_num_seqs: 8,
    max_num_batched_tokens: 2048,
    enable_chunked_prefill: true,
    block_size: 16,
    num_gpu_blocks: 4,
    step_time: {
      base_s: 0.01,
      prefill_token_s: 0,
      decode_seq_s: 0,
      decode_context_token_s: 0,
      prefill_attention_s: 0,
    },
  };
  const answerOn = (prompt_tokens: readonly number[]) =>
    answer(
      simulate({
        workload: {
          kind: 'replay',
          arrival_s: prompt_tokens.map((_, id) => id),
          prompt_tokens,
          output_tokens: prompt_tokens.map(() => 2),
        },
        architecture: batchedMonolithic({ replicas: 1, replica }),
      }).report,
    );
  const notesOn = (prompt_tokens: readonly number[]): readonly string[] => answerOn(prompt_tokens).notes;
  expect(notesOn([10, 20])).toEqual([]);
  expect(notesOn([10, 900, 20])).toEqual([
    '1 of 3 requests was rejected: no replica can ever hold so many tokens.',
  ]);
  // The verdict of a run that lets nobody in says it instead.
  expect(answerOn([900, 800])).toMatchObject({
    state: 'stable',
    served: false,
    verdict:
      'Stable, but nothing was served: all 2 requests were rejected, since no replica can ever hold so many tokens.',
    notes: [],
  });
});

test.each([
  [[5], 'Stable, but nothing was served: no request arrived.'],
  [[1], 'Stable, but nothing was served to its end: the only request was not done when the run ended.'],
  [[0], 'Stable: no queue grew beyond its own fluctuation.'],
])(
  'a request at %j s in a run of two is served, or the verdict says that nothing was',
  (arrival_s, verdict) => {
    const { report } = simulate({
      workload: { kind: 'replay', arrival_s, prompt_tokens: [1], output_tokens: [3] },
      architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 100, decode_tokens_per_s: 2 }),
      sim_seconds: 2,
    });
    expect(answer(report).verdict).toBe(verdict);
  },
);

test.each([
  [4, 'no token fell in the measurement window, which starts at 2.00 s'],
  // It runs until it is drained, which is before.
  [undefined, 'the warm-up lasted to the end of the run'],
])('a run of %j s that is served within its warm-up says that nothing was measured', (sim_seconds, why) => {
  const { report } = simulate({
    workload: { kind: 'replay', arrival_s: [0], prompt_tokens: [1], output_tokens: [3] },
    architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 100, decode_tokens_per_s: 2 }),
    warmup_seconds: 2,
    ...(sim_seconds === undefined ? {} : { sim_seconds }),
  });
  expect(answer(report)).toMatchObject({
    state: 'stable',
    served: true,
    measured: false,
    verdict: `Stable, but nothing was measured: ${why}.`,
  });
});

test('a stopped run says how far it came', () => {
  const run = new Simulation(monoPlan);
  run.advance(1000);
  run.cancel();
  expect(answer(run.run().report).notes).toEqual([
    expect.stringMatching(/^The run was stopped at .+ s: every number covers only what came before\.$/),
  ]);
});

describe('the warm-up', () => {
  test('what was left out, and what MSER-5 would leave out', () => {
    expect(answer(results.mono.report).warm_up).toMatch(
      /^Warm-up: measured from [\d.]+ m?s on; MSER-5 would start at [\d.]+ m?s(, which may be chance)?\.$/,
    );
  });

  test('is warned of where it was measured, instead', () => {
    const filling = {
      ...monoPlan,
      sim_seconds: 2000,
      warmup_seconds: 0,
      workload: {
        kind: 'generated',
        interarrival_s: exponential(1),
        prompt_tokens: constant(1e6),
        output_tokens: constant(1),
      },
      architecture: monolithic({ num_gpus: 200, prefill_tokens_per_s: 1e4, decode_tokens_per_s: 1e12 }),
    } as const;
    const { warm_up, notes } = answer(simulate(filling).report);
    expect(warm_up).toBeNull();
    expect(notes).toEqual([
      expect.stringMatching(
        /^Measured from 0 s on, and by MSER-5 the queues settle at \d+ s: raise warmup_seconds/,
      ),
    ]);
  });

  test('is nothing where a queue grew all along, or for a run too short to judge', () => {
    expect(answer(results.overloaded.report)).toMatchObject({ warm_up: null, notes: [] });
    expect(answer(results.empty.report)).toMatchObject({ warm_up: null, notes: [] });
  });
});
