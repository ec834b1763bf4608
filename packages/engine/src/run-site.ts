/**
 * What every part of a run shares: its clock, its requests, who is told.
 * Knows no pools: what builds those is the site of an architecture.
 */
import type { EventStreams } from './events/simulation-events.ts';
import type { GapTally } from './metrics/gap-tally.ts';
import type { Uniform } from './random/distribution.ts';
import type { PrefixBlocks } from './records/prefix-blocks.ts';
import type { RequestSlot, RequestTable } from './records/request-table.ts';
import type { VirtualClock } from './time/virtual-clock.ts';

/** Where one run takes place. */
export interface RunSite {
  readonly clock: VirtualClock;
  readonly requests: RequestTable;
  readonly events: EventStreams;
  /** What the prompts of the workload begin with, null when that is not known. */
  readonly prefixes: PrefixBlocks | null;
  /** The measurement window opens here, seconds. */
  readonly warmup_seconds: number;
  /** The end of the run, seconds; Infinity when it runs until drained. */
  readonly until_s: number;
  /** A substream of the run's seed: one for each purpose, named after it. */
  uniform(name: string): Uniform;
  /** Where gaps between tokens are counted that no request's `token_gap_s` tells. */
  readonly gaps: GapTally;
  /** Turns a request away for good; do not pass it on. */
  reject(slot: RequestSlot): void;
}
