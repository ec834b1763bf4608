/** Laws of a pool of GPUs with one queue: no GPU idles while a request waits, first in is first served, one at a time. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyScenario, gpusOf, runScenario } from '../support/plans.ts';
import { rowsOf, visitsOf } from '../support/rows.ts';
import { runWatched } from '../support/watch.ts';

describe('a pool', () => {
  it('conserves work: whenever something waits, every GPU is busy', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        for (const { pool, busy, waiting } of runWatched(scenario).seen.poolStates) {
          const gpus = gpusOf(scenario.cluster, pool);
          expect(busy).toBeGreaterThanOrEqual(0);
          expect(busy).toBeLessThanOrEqual(gpus);
          expect(waiting).toBeGreaterThanOrEqual(0);
          if (waiting > 0) expect(busy).toBe(gpus);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('serves in order of joining its queue, ties by request id', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { mode, link } = scenario.cluster;
        for (const visits of visitsOf(rowsOf(runScenario(scenario)), mode, link).values()) {
          const starts = visits
            .filter(({ queued_s }) => !Number.isNaN(queued_s))
            .sort((a, b) => a.queued_s - b.queued_s || a.id - b.id)
            // Not started by the end of the run: later than all that did.
            .map(({ start_s }) => (Number.isNaN(start_s) ? Number.POSITIVE_INFINITY : start_s));
          expect(starts).toEqual([...starts].sort((a, b) => a - b));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('gives a GPU to one request at a time', () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        const { result, seen } = runWatched(scenario);
        const { mode, link } = scenario.cluster;
        const visits = visitsOf(rowsOf(result), mode, link);
        const freeAt = new Map<string, number>();
        for (const { what, pool, gpu, id, time_s } of seen.happenings) {
          if (what !== 'serviceStarts' || pool === null) continue;
          expect(gpu).toBeGreaterThanOrEqual(0);
          expect(gpu).toBeLessThan(gpusOf(scenario.cluster, pool));
          const place = `${pool} ${gpu}`;
          expect(time_s, `${place} takes ${id}`).toBeGreaterThanOrEqual(freeAt.get(place) ?? 0);
          const end = visits.get(pool)?.[id]?.end_s ?? Number.NaN;
          // Ends that the log does not know lie at or after the end of the run.
          freeAt.set(place, Number.isNaN(end) ? result.report.end_s : end);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a GPU freed at an instant serves the request that arrives at that instant', () => {
    const { result, seen } = runWatched({
      cluster: {
        mode: 'mono',
        num_gpus: 1,
        prefill_gpus: 1,
        decode_gpus: 1,
        prefill_tokens_per_s: 1,
        decode_tokens_per_s: 1,
      },
      workload: { kind: 'replay', arrival_s: [0, 2, 4], prompt_tokens: [1, 1, 1], output_tokens: [1, 1, 1] },
      warmup_seconds: 0,
      slo: {},
    });
    expect(rowsOf(result).map(({ prefill_start_s }) => prefill_start_s)).toEqual([0, 2, 4]);
    expect(Math.max(...seen.poolStates.map(({ waiting }) => waiting))).toBe(0);
  });

  it('simultaneous ends hand their requests on in order of id', () => {
    const { result } = runWatched({
      cluster: {
        mode: 'disagg',
        num_gpus: 1,
        prefill_gpus: 2,
        decode_gpus: 1,
        prefill_tokens_per_s: 1,
        decode_tokens_per_s: 1,
      },
      // Both prefills end at 4, the later request's having begun later.
      workload: { kind: 'replay', arrival_s: [0, 1], prompt_tokens: [4, 3], output_tokens: [3, 1] },
      warmup_seconds: 0,
      slo: {},
    });
    expect(rowsOf(result).map(({ decode_start_s }) => decode_start_s)).toEqual([4, 7]);
  });
});
