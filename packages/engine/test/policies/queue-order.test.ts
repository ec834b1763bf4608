/** Orders of a pool's queue: the default, a hand-made one, priorities against theory, and what is refused. */
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  constant,
  type Distribution,
  exponential,
  prefillAndDecodeWork,
  type QueueOrder,
  type SimulationPlan,
  servedBy,
  shortestPromptFirst,
  simulate,
  uniformTokens,
} from '../../src/index.ts';
import { expectTheory, REPLICATIONS } from '../support/closed-forms.ts';
import { mean } from '../support/numbers.ts';
import { rowsOf } from '../support/rows.ts';

/** One pool of GPUs that computes a token a second, answers at once, and serves in `order`. */
const served = (gpus: number, order: QueueOrder | undefined): Architecture => ({
  mode: 'ordered',
  flow: (arrivals, site) =>
    arrivals.pipe(servedBy(site.pool({ name: 'gpu', gpus, work: prefillAndDecodeWork(1, 1e12), order }))),
});

const plan: Omit<SimulationPlan, 'architecture'> = {
  keep_requests: true,
  workload: {
    kind: 'generated',
    max_requests: 2000,
    interarrival_s: exponential(0.19),
    prompt_tokens: uniformTokens(1, 20),
    output_tokens: constant(1),
  },
};

describe('the order of a queue', () => {
  it('is that of joining where all ranks are equal, as without a policy', () => {
    const ranked = simulate({ ...plan, architecture: served(2, () => 7) });
    expect(ranked).toEqual(simulate({ ...plan, architecture: served(2, undefined) }));
  });

  it('is that of the ranks, equal ones as they joined, whoever came first', () => {
    const { report, requests } = simulate({
      keep_requests: true,
      workload: {
        kind: 'replay',
        arrival_s: [0, 1, 2, 3, 4],
        prompt_tokens: [10, 9, 3, 5, 3],
        output_tokens: [1, 1, 1, 1, 1],
      },
      architecture: served(1, shortestPromptFirst()),
    });
    const starts = Array.from(requests?.prefill_start_s ?? [], (start_s) => Math.round(start_s));
    expect(starts).toEqual([0, 21, 10, 16, 13]);
    expect(report.pools[0]?.max_queue_length).toBe(4);
  });

  it('never leaves a GPU idle: the work in the system is that of any other order', () => {
    const ends = [undefined, shortestPromptFirst(), ({ id }: { id: number }) => -id].map((order) => {
      const rows = rowsOf(simulate({ ...plan, architecture: served(1, order) }));
      return Math.max(...rows.map(({ completed_s }) => completed_s));
    });
    for (const end_s of ends) expect(end_s).toBeCloseTo(ends[0] ?? Number.NaN, 6);
  });

  it('sees when a request came and when it began to wait, and no answer', () => {
    const seen: unknown[] = [];
    const order: QueueOrder = (request) => seen.push({ ...request });
    simulate({
      workload: {
        kind: 'replay',
        arrival_s: [0, 2],
        prompt_tokens: [5, 4],
        output_tokens: [1, 1],
        session: [3, 8],
      },
      architecture: served(1, order),
    });
    expect(seen).toEqual([{ id: 1, arrival_s: 2, queued_s: 2, prompt_tokens: 4, session: 8 }]);
  });

  it.each([
    [Number.NaN, 'NaN'],
    [undefined, 'undefined'],
    ['first', "'first'"],
  ])('refuses the rank %s', (rank, shown) => {
    expect(() => simulate({ ...plan, architecture: served(1, () => rank as number) })).toThrow(
      `Pool gpu: order must give a number for each request, gave ${shown}`,
    );
  });
});

// Cobham, "Priority assignment in waiting line problems", Operations Research 2 (1954): without preemption class k of
// M/G/1 waits (λ E S² / 2) / ((1 − σ_{k−1})(1 − σ_k)), σ_k being the load of the classes up to k.
it('short prompts first wait as theory says of two priorities', () => {
  const [short, long] = [1, 5];
  const lengths: Distribution = (uniform) => () => (uniform() < 0.5 ? short : long);
  const rate = 0.25;
  const runs = Array.from({ length: REPLICATIONS }, (_, seed) =>
    simulate({
      seed,
      sim_seconds: 60_000,
      warmup_seconds: 6000,
      keep_requests: true,
      workload: {
        kind: 'generated',
        interarrival_s: exponential(rate),
        prompt_tokens: lengths,
        output_tokens: constant(1),
      },
      architecture: served(1, shortestPromptFirst()),
    }),
  );
  const waits = (length: number): number[] =>
    runs.map((run) => {
      const rows = rowsOf(run).filter((row) => row.prompt_tokens === length && row.arrival_s >= 6000);
      const begun = rows.filter(({ prefill_start_s }) => !Number.isNaN(prefill_start_s));
      return mean(begun.map((row) => row.prefill_start_s - row.arrival_s));
    });
  const residual = (rate * (short ** 2 + long ** 2)) / 2 / 2;
  const [first, both] = [(rate * short) / 2, (rate * (short + long)) / 2];
  expectTheory(waits(short), residual / (1 - first), 'wait of short prompts');
  expectTheory(waits(long), residual / ((1 - first) * (1 - both)), 'wait of long prompts');
});
