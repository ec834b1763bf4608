/**
 * What is known about the candidates of a plan, and what follows from it: more servers never make a cluster worse, so
 * whatever has fewer of every pool than one that fails, fails, and a pool that gets more than it can serve fails
 * without a run. Knows no search.
 */
import type { Examined } from './examine.ts';
import type { Reason } from './reason.ts';
import { type Candidate, type ClusterKind, candidateName, covers, offeredLoads } from './space.ts';

/** A candidate whose runs were made. */
export interface ExaminedCandidate {
  readonly candidate: Candidate;
  readonly examined: Examined;
}

/** How it is known: from its own runs, from the offered load, or from another candidate. */
export type Standing =
  | { readonly how: 'runs'; readonly passes: boolean; readonly reason: Reason | null }
  | { readonly how: 'offered_load'; readonly passes: false; readonly reason: 'overloaded' }
  | {
      readonly how: 'implied';
      readonly passes: boolean;
      readonly reason: Reason | null;
      /** The candidate it follows from. */
      readonly by: Candidate;
    };

export class Findings {
  readonly #rate_per_s: number;
  readonly #examine: (candidate: Candidate) => Promise<Examined>;
  readonly #known = new Map<string, ExaminedCandidate>();

  constructor(rate_per_s: number, examine: (candidate: Candidate) => Promise<Examined>) {
    this.#rate_per_s = rate_per_s;
    this.#examine = examine;
  }

  /** In the order in which they were examined. */
  get examined(): readonly ExaminedCandidate[] {
    return [...this.#known.values()];
  }

  /** Runs a candidate, unless it has been. */
  async examine(candidate: Candidate): Promise<Examined> {
    const name = candidateName(candidate);
    const before = this.#known.get(name);
    if (before !== undefined) return before.examined;
    const examined = await this.#examine(candidate);
    this.#known.set(name, { candidate, examined });
    return examined;
  }

  /** Whether a candidate passes, by what is known or else by its runs. */
  async passes(kind: ClusterKind, servers: readonly number[]): Promise<boolean> {
    const candidate = { kind, servers };
    return this.standing(candidate)?.passes ?? (await this.examine(candidate)).passes;
  }

  /** What is known without another run, null for nothing. */
  standing(candidate: Candidate): Standing | null {
    const own = this.#known.get(candidateName(candidate));
    if (own !== undefined) {
      return { how: 'runs', passes: own.examined.passes, reason: own.examined.reason };
    }
    if (offeredLoads(candidate, this.#rate_per_s).some((load) => load >= 1)) {
      return { how: 'offered_load', passes: false, reason: 'overloaded' };
    }
    for (const { candidate: by, examined } of this.#known.values()) {
      if (by.kind !== candidate.kind) continue;
      const follows = examined.passes
        ? covers(candidate.servers, by.servers)
        : covers(by.servers, candidate.servers);
      if (follows) return { how: 'implied', passes: examined.passes, reason: examined.reason, by };
    }
    return null;
  }
}
