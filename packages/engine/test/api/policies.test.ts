/** Distributions, works and architectures that fail or break the rules stop the run with an error that says so. */
import { mergeMap, throwError } from 'rxjs';
import { describe, expect, it } from 'vitest';
import {
  type Architecture,
  constant,
  type Distribution,
  decodeWork,
  exponential,
  monolithic,
  prefillAndDecodeWork,
  prefillWork,
  Simulation,
  type SimulationPlan,
  servedBy,
  simulate,
  tokens,
  type Work,
} from '../../src/index.ts';
import { smallPlan } from '../support/small-plan.ts';

const fault = new Error('the policy gave up');

const generated = (
  over: Partial<Record<'interarrival_s' | 'prompt_tokens' | 'output_tokens', Distribution>>,
): SimulationPlan => ({
  sim_seconds: 100,
  workload: {
    kind: 'generated',
    interarrival_s: exponential(1),
    prompt_tokens: constant(10),
    output_tokens: constant(10),
    ...over,
  },
  architecture: monolithic({ num_gpus: 1, prefill_tokens_per_s: 100, decode_tokens_per_s: 100 }),
});

/** A law that gives good values at first. */
const thirdIs = (bad: () => number): Distribution => {
  return () => {
    let n = 0;
    return () => (++n < 3 ? 1 : bad());
  };
};

describe('a distribution', () => {
  it.each(['interarrival_s', 'prompt_tokens', 'output_tokens'] as const)(
    'that throws stops the run: %s',
    (name) => {
      const law = thirdIs(() => {
        throw fault;
      });
      expect(() => simulate(generated({ [name]: law }))).toThrow(fault);
    },
  );

  it.each(['prompt_tokens', 'output_tokens'] as const)(
    'of %s must give whole numbers of at least 1',
    (name) => {
      for (const bad of [Number.NaN, 0, -1, 2.5, Number.POSITIVE_INFINITY, 2 ** 31]) {
        const failing = () => simulate(generated({ [name]: thirdIs(() => bad) }));
        expect(failing).toThrow(RangeError);
        expect(failing).toThrow(name);
        expect(failing).toThrow(String(bad));
      }
    },
  );

  it('of gaps must give seconds of at least 0', () => {
    for (const bad of [Number.NaN, -1e-9]) {
      const failing = () => simulate(generated({ interarrival_s: thirdIs(() => bad) }));
      expect(failing).toThrow(RangeError);
      expect(failing).toThrow('interarrival_s');
    }
  });

  it('of gaps may give 0: requests arrive together', () => {
    const plan = generated({ interarrival_s: constant(0) });
    const { report } = simulate({
      ...plan,
      workload: { ...plan.workload, max_requests: 7 } as typeof plan.workload,
    });
    expect(report.outcomes.arrivals).toBe(7);
  });

  it('of gaps may give infinity: nobody comes any more', () => {
    const { report } = simulate(generated({ interarrival_s: thirdIs(() => Number.POSITIVE_INFINITY) }));
    expect(report.outcomes.arrivals).toBe(2);
  });

  it('of NaN lengths is not hidden by rounding to tokens', () => {
    expect(() => simulate(generated({ prompt_tokens: tokens(constant(Number.NaN)) }))).toThrow(RangeError);
  });

  it('that threw has ended the run: it does not go on without the request', () => {
    let draws = 0;
    const run = new Simulation(
      generated({
        prompt_tokens: () => () => {
          if (++draws === 3) throw fault;
          return 10;
        },
      }),
    );
    expect(() => run.run()).toThrow(fault);
    expect(() => run.run()).toThrow(fault);
  });
});

const onePool = (work: Work): Architecture => ({
  mode: 'own',
  flow: (arrivals, site) => arrivals.pipe(servedBy(site.pool({ name: 'own', gpus: 1, work }))),
});

describe('an architecture', () => {
  const running = (architecture: Architecture) => () => simulate({ ...smallPlan, architecture });

  it('must decode what it lets out', () => {
    expect(running({ mode: 'pass', flow: (arrivals) => arrivals })).toThrow(
      /Request 0 .*without having been decoded/,
    );
    expect(running(onePool(prefillWork(1)))).toThrow(/Request 0 .*without having been decoded/);
  });

  it('must share() arrivals before it forks them', () => {
    const forking: Architecture = {
      mode: 'fork',
      flow: (arrivals, site) => {
        const work = prefillAndDecodeWork(1, 1);
        arrivals.pipe(servedBy(site.pool({ name: 'a', gpus: 1, work }))).subscribe({ error: () => {} });
        return arrivals.pipe(servedBy(site.pool({ name: 'b', gpus: 1, work })));
      },
    };
    expect(running(forking)).toThrow(/share\(\)/);
  });

  it('must name its pools apart', () => {
    const twins: Architecture = {
      mode: 'twins',
      flow: (arrivals, site) =>
        arrivals.pipe(
          servedBy(site.pool({ name: 'twin', gpus: 1, work: prefillWork(1) })),
          servedBy(site.pool({ name: 'twin', gpus: 1, work: decodeWork(1) })),
        ),
    };
    expect(running(twins)).toThrow(/two pools named twin/);
  });

  it('must not put one pool in two places, which would mix up where requests go on', () => {
    const twice: Architecture = {
      mode: 'twice',
      flow: (arrivals, site) => {
        const pool = site.pool({ name: 'twice', gpus: 1, work: prefillAndDecodeWork(1, 1) });
        return arrivals.pipe(servedBy(pool), servedBy(pool));
      },
    };
    // Over a given time: a request that is sent round and round would never drain.
    expect(() => simulate({ ...smallPlan, sim_seconds: 50, architecture: twice })).toThrow(/twice/);
  });

  it.each([0, -1, 1.5, Number.NaN])('must give a pool whole GPUs, not %d', (gpus) => {
    expect(running(monolithic({ num_gpus: gpus, prefill_tokens_per_s: 1, decode_tokens_per_s: 1 }))).toThrow(
      /gpus must be/,
    );
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'must have rates that are positive and finite, not %d',
    (rate) => {
      expect(() => prefillWork(rate)).toThrow(RangeError);
      expect(() => decodeWork(rate)).toThrow(RangeError);
    },
  );

  it('may fail in any operator', () => {
    expect(
      running({ mode: 'fails', flow: (arrivals) => arrivals.pipe(mergeMap(() => throwError(() => fault))) }),
    ).toThrow(fault);
  });

  it('may fail while it is built', () => {
    expect(
      running({
        mode: 'fails',
        flow: () => {
          throw fault;
        },
      }),
    ).toThrow(fault);
  });

  it('may have a work that fails', () => {
    const good = prefillAndDecodeWork(1, 1);
    let services = 0;
    const failing: Work = {
      stage: 'prefill_and_decode',
      begin(requests, slot, start_s) {
        if (++services === 3) throw fault;
        return good.begin(requests, slot, start_s);
      },
    };
    expect(running(onePool(failing))).toThrow(fault);
  });

  it('may not have a work that ends before it starts, or never', () => {
    for (const end of [-1, Number.NaN]) {
      const backwards: Work = { stage: 'prefill_and_decode', begin: () => end };
      expect(running(onePool(backwards))).toThrow(RangeError);
    }
  });

  it('may serve instantly', () => {
    const instant: Work = {
      stage: 'prefill_and_decode',
      begin(requests, slot, start_s) {
        for (const instant of [
          'prefill_start_s',
          'prefill_end_s',
          'decode_queued_s',
          'decode_start_s',
          'first_token_s',
          'completed_s',
        ] as const)
          requests[instant][slot] = start_s;
        return start_s;
      },
    };
    const { report } = simulate({ ...smallPlan, architecture: onePool(instant) });
    expect(report.ttft_s).toMatchObject({ count: 4, mean: 0, max: 0, p99: 0 });
    expect(report.breakdown?.tail.count).toBe(4);
  });
});
