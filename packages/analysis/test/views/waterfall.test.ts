import {
  disaggregated,
  exponential,
  lognormal,
  monolithic,
  type SimulationPlan,
  simulate,
  tokens,
} from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { barSeries, requestStages, slowestRequests, waterfall } from '../../src/index.ts';

const rates = { prefill_tokens_per_s: 8000, decode_tokens_per_s: 200 };
const link = { latency_s: 0.01, bandwidth_bytes_per_s: 1e9, kv_bytes_per_token: 1e5 };

function logOf(architecture: SimulationPlan['architecture']) {
  const { requests, report } = simulate({
    seed: 3,
    sim_seconds: 30,
    keep_requests: true,
    workload: {
      kind: 'generated',
      interarrival_s: exponential(4),
      prompt_tokens: tokens(lognormal({ mu: 6, sigma: 1 })),
      output_tokens: tokens(lognormal({ mu: 4, sigma: 1 })),
    },
    architecture,
  });
  if (requests === null) throw new Error('The run kept no requests');
  return { log: requests, end_s: report.end_s };
}

describe.each([
  ['mono', monolithic({ num_gpus: 3, ...rates })],
  ['disagg', disaggregated({ prefill_gpus: 1, decode_gpus: 3, ...rates, link })],
])('stages of %s', (_, architecture) => {
  const { log, end_s } = logOf(architecture);
  const ids = Array.from({ length: log.length }, (_, id) => id);

  it('follow each other from arrival to completion, and those before the first token are its TTFT', () => {
    for (const id of ids) {
      const stages = requestStages(log, id, end_s);
      let reached = log.arrival_s[id];
      for (const { from_s, to_s } of stages) {
        expect(from_s).toBe(reached);
        expect(to_s).toBeGreaterThan(from_s);
        reached = to_s;
      }
      const completed = log.completed_s[id] ?? Number.NaN;
      expect(reached).toBe(Number.isNaN(completed) ? end_s : completed);
      const first = log.first_token_s[id] ?? Number.NaN;
      const before = stages.filter(({ stage }) => stage !== 'further_tokens_s');
      if (first >= 0) expect(before.at(-1)?.to_s).toBe(first);
    }
  });

  it('end where the run did for those still in the system', () => {
    const unfinished = ids.filter((id) => log.outcome[id] === 0);
    expect(unfinished.length).toBeGreaterThan(0);
    for (const id of unfinished) expect(requestStages(log, id, end_s).at(-1)?.to_s).toBe(end_s);
  });

  it('make the rows of the waterfall in the order asked for', () => {
    const slowest = slowestRequests(log, 5);
    const { bars } = waterfall(log, { ids: slowest, end_s, since: 'each_arrival' });
    expect([...new Set(bars.map(({ label }) => label))]).toEqual(slowest.map((id) => `#${id}`));
    for (const { label, from, to } of bars) {
      expect(from).toBeGreaterThanOrEqual(0);
      expect(to).toBeGreaterThan(from);
      if (bars.find((bar) => bar.label === label)?.from === from) expect(from).toBe(0);
    }
    const shifted = waterfall(log, { ids: slowest, end_s, since: 'first_arrival' }).bars;
    const earliest = Math.min(...slowest.map((id) => log.arrival_s[id] ?? 0));
    expect(Math.min(...shifted.map(({ from }) => from))).toBe(0);
    for (const [index, { label, from }] of bars.entries()) {
      const arrived = log.arrival_s[Number(label.slice(1))] ?? 0;
      expect(shifted[index]?.from).toBeCloseTo(from + arrived - earliest, 9);
    }
    const ttft = (id: number): number => (log.first_token_s[id] ?? 0) - (log.arrival_s[id] ?? 0);
    const longest = Math.max(...ids.map(ttft).filter((seconds) => seconds >= 0));
    expect(ttft(slowest[0] ?? -1)).toBe(longest);
  });
});

it('a stage has one place in every waterfall, whatever the architecture has', () => {
  const placesIn = (architecture: SimulationPlan['architecture']): Map<string, number> => {
    const { log, end_s } = logOf(architecture);
    const spec = waterfall(log, { ids: slowestRequests(log, 5), end_s, since: 'each_arrival' });
    return new Map(barSeries(spec).map(({ name, place }) => [name, place]));
  };
  const mono = placesIn(monolithic({ num_gpus: 3, ...rates }));
  const disagg = placesIn(disaggregated({ prefill_gpus: 1, decode_gpus: 3, ...rates, link }));
  expect(disagg.size).toBeGreaterThan(mono.size);
  for (const [name, place] of mono) expect(disagg.get(name), name).toBe(place);
  expect([...disagg.values()]).toEqual([...disagg.values()].sort((a, b) => a - b));
});
