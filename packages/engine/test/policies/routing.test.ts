/** Each routing policy against what it should choose, written out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  leastOutstanding,
  leastTokens,
  powerOfTwo,
  type ReplicaView,
  type RoutedRequest,
  type RoutingPolicy,
  randomRouting,
  roundRobin,
  sessionRouting,
  uniformStream,
} from '../../src/index.ts';

function viewsOf(loads: ReadonlyArray<readonly [requests: number, tokens: number]>): readonly ReplicaView[] {
  return loads.map(([outstanding_requests, outstanding_tokens]) => ({
    outstanding_requests,
    outstanding_tokens,
    cached_prompt_tokens: 0,
  }));
}

const request: RoutedRequest = { id: 0, turn: 0, prompt_tokens: 100, session: -1 };
const undrawn = (): number => {
  throw new Error('drew a random number');
};

/** Few different loads, so that ties are everywhere. */
const anyViews: fc.Arbitrary<readonly ReplicaView[]> = fc
  .array(fc.tuple(fc.nat(4), fc.nat(4)), { minLength: 1, maxLength: 9 })
  .map(viewsOf);

describe('roundRobin', () => {
  it('takes each replica in turn, whatever their loads', () => {
    fc.assert(
      fc.property(anyViews, fc.nat(1000), (views, turn) => {
        expect(roundRobin()(views, { ...request, turn }, undrawn)).toBe(turn % views.length);
      }),
    );
  });
});

describe('randomRouting', () => {
  it('cuts the unit interval into equal parts', () => {
    const views = viewsOf([
      [9, 9],
      [0, 0],
      [5, 5],
      [5, 5],
    ]);
    const chosen = [0.001, 0.2499, 0.25, 0.49, 0.5, 0.74, 0.75, 1 - 2 ** -53].map((u) =>
      randomRouting()(views, request, () => u),
    );
    expect(chosen).toEqual([0, 0, 1, 1, 2, 2, 3, 3]);
  });
});

describe('leastOutstanding and leastTokens', () => {
  it('take the first replica with the fewest', () => {
    fc.assert(
      fc.property(anyViews, (views) => {
        const requests = views.map(({ outstanding_requests }) => outstanding_requests);
        const tokens = views.map(({ outstanding_tokens }) => outstanding_tokens);
        expect(leastOutstanding()(views, request, undrawn)).toBe(requests.indexOf(Math.min(...requests)));
        expect(leastTokens()(views, request, undrawn)).toBe(tokens.indexOf(Math.min(...tokens)));
      }),
    );
  });

  it('look at different things', () => {
    const views = viewsOf([
      [1, 8000],
      [3, 600],
    ]);
    expect(leastOutstanding()(views, request, undrawn)).toBe(0);
    expect(leastTokens()(views, request, undrawn)).toBe(1);
  });
});

describe('powerOfTwo', () => {
  it('draws every pair of different replicas equally often and takes the better, the first of equals', () => {
    const loads = [2, 1, 1, 0];
    const views = viewsOf(loads.map((load) => [load, 0]));
    const n = loads.length;
    const expected = Array.from({ length: n }, () => 0);
    const counted = Array.from({ length: n }, () => 0);
    for (let one = 0; one < n; one++) {
      for (let other = 0; other < n - 1; other++) {
        const second = other < one ? other : other + 1;
        const [a, b] = [Math.min(one, second), Math.max(one, second)];
        const best = (loads[a] ?? 0) <= (loads[b] ?? 0) ? a : b;
        expected[best] = (expected[best] ?? 0) + 1;
        const draws = [(one + 0.5) / n, (other + 0.5) / (n - 1)];
        const chosen = powerOfTwo()(views, request, () => draws.shift() ?? Number.NaN);
        counted[chosen] = (counted[chosen] ?? 0) + 1;
      }
    }
    expect(counted).toEqual(expected);
    // The worst is better than nobody, the best than everybody.
    expect(counted).toEqual([0, 4, 2, 6]);
  });

  it('needs no draw for a single replica', () => {
    expect(powerOfTwo()(viewsOf([[7, 7]]), request, undrawn)).toBe(0);
  });

  it('never names a replica that does not exist, even with extreme draws', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 4000 }),
        fc.constantFrom(2 ** -53, 0.5, 1 - 2 ** -53),
        fc.constantFrom(2 ** -53, 0.5, 1 - 2 ** -53),
        (replicas, u, v) => {
          const draws = [u, v];
          const views = viewsOf(Array.from({ length: replicas }, (_, at) => [at % 3, 0]));
          const chosen = powerOfTwo()(views, request, () => draws.shift() ?? Number.NaN);
          expect(views[chosen]).toBeDefined();
        },
      ),
    );
  });
});

describe('sessionRouting', () => {
  it('sends a session to the same replica, whatever the loads', () => {
    fc.assert(
      fc.property(anyViews, fc.nat(2 ** 31 - 1), fc.nat(), (views, session, turn) => {
        const idle = views.map(() => ({
          outstanding_requests: 0,
          outstanding_tokens: 0,
          cached_prompt_tokens: 0,
        }));
        const chosen = sessionRouting()(views, { ...request, session }, undrawn);
        expect(chosen).toBe(sessionRouting()(idle, { ...request, session, turn }, undrawn));
        expect(views[chosen]).toBeDefined();
      }),
    );
  });

  it('spreads consecutive sessions evenly: χ² with 6 degrees of freedom below its 99.9 % point', () => {
    const views = viewsOf(Array.from({ length: 7 }, () => [0, 0]));
    const counts = [0, 0, 0, 0, 0, 0, 0];
    for (let session = 0; session < 70_000; session++) {
      const chosen = sessionRouting()(views, { ...request, session }, undrawn);
      counts[chosen] = (counts[chosen] ?? 0) + 1;
    }
    const chiSquare = counts.reduce((total, seen) => total + (seen - 10_000) ** 2 / 10_000, 0);
    expect(chiSquare).toBeLessThan(22.46);
  });

  it('pins its hash: the same replicas in every version and engine', () => {
    const views = viewsOf(Array.from({ length: 1000 }, () => [0, 0]));
    const chosen = [0, 1, 2, 3, 2 ** 31 - 1].map((session) =>
      sessionRouting()(views, { ...request, session }, undrawn),
    );
    // MurmurHash3's finalizer of the session, modulo 1000.
    expect(chosen).toEqual([0, 727, 78, 487, 880]);
  });

  it('sends a request without a session where the fewest are outstanding', () => {
    fc.assert(
      fc.property(anyViews, (views) => {
        expect(sessionRouting()(views, request, undrawn)).toBe(leastOutstanding()(views, request, undrawn));
      }),
    );
  });
});

describe('two choices', () => {
  it('keep the fullest of many bins far emptier than one choice does', () => {
    const fullest = (policy: RoutingPolicy): number => {
      const loads = Array.from({ length: 1000 }, () => ({
        outstanding_requests: 0,
        outstanding_tokens: 0,
        cached_prompt_tokens: 0,
      }));
      const random = uniformStream(1, 'bins');
      for (let ball = 0; ball < 1000; ball++) {
        const bin = loads[policy(loads, request, random)];
        if (bin !== undefined) bin.outstanding_requests++;
      }
      return Math.max(...loads.map(({ outstanding_requests }) => outstanding_requests));
    };
    // ln n / ln ln n against ln ln n / ln 2, about 5 or 6 against 3.
    expect(fullest(randomRouting())).toBeGreaterThanOrEqual(5);
    expect(fullest(powerOfTwo())).toBeLessThanOrEqual(3);
  });
});
