/**
 * What a reporter is: something that turns one run into text. Knows no format.
 */
import type { ReplayWorkload, Simulation, SimulationResult } from '@llmsim/engine';
import type { Sink } from '../files/sink.ts';
import type { ConfigSource } from '../scenario/config-for-file.ts';

/** One run with everything that went into it. */
export interface RunRecord extends ConfigSource {
  /** The scenario as messages call it. */
  readonly name: string;
  /** The command that asked for this run, without its outputs: each word or option with its value. */
  readonly command: readonly string[];
  readonly result: SimulationResult;
  /** The requests of `config.trace`; null without one. */
  readonly trace: ReplayWorkload | null;
  /** SHA-256 of the configuration, hexadecimal; see `configHash`. */
  readonly config_hash: string;
  /** Of the program. */
  readonly version: string;
}

export interface Reporter {
  /** Needs `SimulationResult.requests`. */
  readonly needs_requests?: boolean;
  /** Subscribes to a run that is about to start. */
  readonly watch?: (run: Simulation, out: Sink) => void;
  /** Writes what is known once the run is done. */
  readonly report: (record: RunRecord, out: Sink) => void;
}
