/** Plans that cannot be run are refused with every reason at once, before anything happens. */
import { describe, expect, it } from 'vitest';
import {
  constant,
  exponential,
  type ReplayWorkload,
  Simulation,
  type SimulationPlan,
  simulate,
} from '../../src/index.ts';
import { smallPlan } from '../support/small-plan.ts';

const generated = {
  kind: 'generated',
  interarrival_s: exponential(1),
  prompt_tokens: constant(1),
  output_tokens: constant(1),
} as const;
const replay: ReplayWorkload = {
  kind: 'replay',
  arrival_s: [0, 1],
  prompt_tokens: [1, 1],
  output_tokens: [1, 1],
};
const blocks = { block_size: 16, offsets: Int32Array.of(0, 2, 3), ids: Int32Array.of(0, 1, 2) };
const closedLoop = {
  kind: 'closed_loop',
  concurrency: 2,
  max_requests: 5,
  prompt_tokens: constant(1),
  output_tokens: constant(1),
} as const;

function problemsOf(over: Partial<SimulationPlan>): string[] {
  try {
    new Simulation({ ...smallPlan, ...over });
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    return error.message.replace(/^The plan cannot be run: /, '').split('; ');
  }
  return [];
}

describe('an impossible plan', () => {
  it.each<readonly [string, Partial<SimulationPlan>, RegExp]>([
    ['no duration', { sim_seconds: 0 }, /^sim_seconds must be positive/],
    ['a negative duration', { sim_seconds: -1 }, /^sim_seconds must be positive/],
    [
      'an endless duration',
      { sim_seconds: Number.POSITIVE_INFINITY },
      /^sim_seconds must be positive and finite/,
    ],
    ['a negative warm-up', { warmup_seconds: -1 }, /^warmup_seconds must be at least 0/],
    ['a warm-up that is no number', { warmup_seconds: Number.NaN }, /^warmup_seconds must be at least 0/],
    [
      'a warm-up as long as the run',
      { sim_seconds: 5, warmup_seconds: 5 },
      /^warmup_seconds \(5\) must be less than sim_seconds \(5\)/,
    ],
    ['an SLO of 0', { slo: { ttft_s: 0 } }, /^slo\.ttft_s must be positive/],
    ['an SLO of NaN', { slo: { tpot_s: Number.NaN } }, /^slo\.tpot_s must be positive/],
    ['a workload without an end', { workload: generated }, /needs sim_seconds or max_requests/],
    [
      'less than one request',
      { workload: { ...generated, max_requests: 0 } },
      /^max_requests must be a whole number/,
    ],
    [
      'half a request',
      { workload: { ...generated, max_requests: 1.5 } },
      /^max_requests must be a whole number/,
    ],
    [
      'columns of different length',
      { workload: { ...replay, output_tokens: [1] } },
      /^columns differ in length: 2 arrivals, 2 prompts, 1 outputs/,
    ],
    [
      'arrivals out of order',
      { workload: { ...replay, arrival_s: [1, 0.5] } },
      /^row 1: arrival_s must be finite and not before 1, got 0\.5/,
    ],
    ['an arrival before 0', { workload: { ...replay, arrival_s: [-1, 0] } }, /^row 0: arrival_s .* got -1/],
    [
      'an arrival that is no number',
      { workload: { ...replay, arrival_s: [0, Number.NaN] } },
      /^row 1: arrival_s .* got NaN/,
    ],
    ['an empty prompt', { workload: { ...replay, prompt_tokens: [1, 0] } }, /^row 1: prompt_tokens .* got 0/],
    [
      'half a token',
      { workload: { ...replay, output_tokens: [1.5, 1] } },
      /^row 0: output_tokens .* got 1\.5/,
    ],
    [
      'too many tokens',
      { workload: { ...replay, output_tokens: [1, 2 ** 31] } },
      /^row 1: output_tokens .* below 2\^31/,
    ],
    [
      'sessions for some rows only',
      { workload: { ...replay, session: [3] } },
      /^columns differ in length: 2 arrivals, 1 sessions/,
    ],
    ['half a session', { workload: { ...replay, session: [0, 0.5] } }, /^row 1: session .* got 0\.5/],
    ['a session before −1', { workload: { ...replay, session: [-2, 0] } }, /^row 0: session .* got -2/],
    [
      'too great a session',
      { workload: { ...replay, session: [0, 2 ** 31] } },
      /^row 1: session .* below 2\^31/,
    ],
    [
      'blocks for some rows only',
      { workload: { ...replay, hash_ids: { ...blocks, offsets: Int32Array.of(0, 2) } } },
      /^hash_ids\.offsets must be one more than the 2 arrivals, got 2/,
    ],
    [
      'blocks that run backwards',
      { workload: { ...replay, hash_ids: { ...blocks, offsets: Int32Array.of(0, 2, 1) } } },
      /^row 2: hash_ids\.offsets must rise from 0 to at most 3, got 1/,
    ],
    [
      'blocks that are not there',
      { workload: { ...replay, hash_ids: { ...blocks, offsets: Int32Array.of(0, 2, 4) } } },
      /^row 2: hash_ids\.offsets .* at most 3, got 4/,
    ],
    [
      'blocks of half a token',
      { workload: { ...replay, hash_ids: { ...blocks, block_size: 0.5 } } },
      /^hash_ids\.block_size must be a whole number from 1 to 1048576, got 0\.5/,
    ],
    [
      'a negative block',
      { workload: { ...replay, hash_ids: { ...blocks, ids: Int32Array.of(0, -4, 2) } } },
      /^hash_ids\.ids must be at least 0, got -4/,
    ],
    [
      'a loop without clients',
      { workload: { ...closedLoop, concurrency: 0 } },
      /^concurrency must be a whole number of at least 1, got 0/,
    ],
    [
      'a loop with half a client',
      { workload: { ...closedLoop, concurrency: 1.5 } },
      /^concurrency must be a whole number/,
    ],
    [
      'a loop without requests',
      { workload: { ...closedLoop, max_requests: 0 } },
      /^max_requests must be a whole number of at least 1, got 0/,
    ],
    [
      'a loop without end',
      { workload: { ...closedLoop, max_requests: Number.POSITIVE_INFINITY } },
      /^max_requests must be a whole number/,
    ],
  ])('with %s says so', (_, over, message) => {
    const problems = problemsOf(over);
    expect(problems.join()).toMatch(message);
    expect(problems).toHaveLength(1);
  });

  it('lists every problem', () => {
    const problems = problemsOf({
      sim_seconds: -1,
      warmup_seconds: -2,
      slo: { ttft_s: -1, tpot_s: 0 },
      workload: { ...replay, prompt_tokens: [1] },
    });
    expect(problems.map((problem) => problem.split(' ')[0])).toEqual([
      'sim_seconds',
      'warmup_seconds',
      'slo.ttft_s',
      'slo.tpot_s',
      'columns',
    ]);
  });
});

describe('an unusual plan', () => {
  it('without requests gives an empty report', () => {
    const none = simulate({
      ...smallPlan,
      workload: { kind: 'replay', arrival_s: [], prompt_tokens: [], output_tokens: [] },
    });
    expect(none.report).toMatchObject({ finished: true, end_s: 0, breakdown: null, throughput_rps: 0 });
    expect(none.report.verdict.state).toBe('stable');
    expect(none.requests?.length).toBe(0);
    expect(none.ttft_s).toEqual(new Float64Array());
  });

  it('may repeat: the same plan gives equal results, run after run', () => {
    expect(simulate(smallPlan)).toEqual(simulate(smallPlan));
  });

  it('keeps no log and no SLO unless asked', () => {
    const { report, requests } = simulate({ ...smallPlan, keep_requests: false });
    expect(requests).toBeNull();
    expect(report.slo).toBeNull();
    expect(report.seed).toBe(0);
  });

  it('takes typed arrays for columns', () => {
    const columns = {
      kind: 'replay',
      arrival_s: Float64Array.of(0, 1, 2, 9),
      prompt_tokens: Int32Array.of(1, 1, 1, 1),
      output_tokens: Uint16Array.of(1, 1, 1, 1),
    } as const;
    expect(simulate({ ...smallPlan, workload: columns })).toEqual(simulate(smallPlan));
  });
});
