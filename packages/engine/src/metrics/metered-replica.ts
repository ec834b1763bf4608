/** What a replica shows its meter, and nothing else of it. */

/** A replica as its meter sees it. */
export interface MeteredReplica {
  readonly running: number;
  /** Infinity when unlimited. */
  readonly free_blocks: number;
  readonly growing_blocks: number;
  /** Requests that get a token with each step under way. */
  readonly decoding: number;
  readonly underWay: MeteredSteps;
  stop(instant: number): number;
}

/** The step or jump that a replica is taking. */
interface MeteredSteps {
  readonly start_s: number;
  readonly count: number;
  readonly first_s: number;
  readonly increase_s: number;
  before(instant: number): number;
  endedArea(instant: number): number;
}
