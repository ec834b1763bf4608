/**
 * From the command line to a scenario that is read once and loaded with changes on top: what every command that runs one
 * many times starts from. Knows no clusters and no analysis.
 */
import { UserError } from '../exit-codes.ts';
import { assignments } from '../run/assignments.ts';
import type { RunOptions } from '../run/run-options.ts';
import { tell } from '../terminal/tell.ts';
import type { LoadedScenario } from './both-clusters.ts';
import { type Assignment, load, toAssignment, warn } from './load.ts';
import { readSource, type ScenarioSource } from './source.ts';
import { type TraceReader, traceReader } from './trace-reader.ts';

/** The options that change a scenario. */
export type LoadOptions = Pick<
  RunOptions,
  'set' | 'trace' | 'traceFormat' | 'requestRate' | 'numPrompts' | 'seed' | 'goodput' | 'quiet'
>;

/** A scenario that has been read. */
export interface OpenedScenario {
  /** The scenario as messages call it. */
  readonly name: string;
  readonly source: ScenarioSource;
  /** Where relative paths start; null for those of a shipped scenario. */
  readonly folder: string | null;
  readonly readTrace: TraceReader;
  /** What the options change in it. */
  readonly changes: readonly Assignment[];
  /** With more changes on top, in silence. @throws UserError with every problem. */
  load(more?: readonly Assignment[]): LoadedScenario;
  /** The same for a scenario that is going to be run; the first one is warned of. */
  loadToRun(more?: readonly Assignment[]): LoadedScenario;
  /** Tells a note once; null is none. */
  note(text: string | null): void;
}

/** @throws UserError when it cannot be read. */
export async function openScenario(given: string | undefined, options: LoadOptions): Promise<OpenedScenario> {
  const source = await readSource(given);
  const { folder, file: name } = source;
  // Whether the scenario replays a trace matters to two flags only, and is known once it is read.
  const matters = options.numPrompts !== undefined || options.requestRate !== undefined;
  const replays = matters && load(source, (options.set ?? []).map(toAssignment)).config.trace !== undefined;
  const changes = assignments(options, { folder, replays });
  const told = new Set<string>();
  let warned = false;
  return {
    name,
    source,
    folder: source.shipped && options.trace === undefined ? null : folder,
    readTrace: traceReader(folder, options.quiet === true),
    changes,
    load: (more = []) => load(source, [...changes, ...more]),
    loadToRun(more = []) {
      const all = [...changes, ...more];
      const scenario = load(source, all);
      if (!warned) warn(scenario, all);
      warned = true;
      if (given === '-' && scenario.config.trace?.path === '-') {
        throw new UserError('Standard input cannot be both the configuration and the trace');
      }
      return scenario;
    },
    note(text) {
      if (text !== null && !told.has(text)) tell(`note: ${text}`);
      if (text !== null) told.add(text);
    },
  };
}
