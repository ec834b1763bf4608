/**
 * Reads trace files for the command line: problems as one error, traps as warnings. Knows no formats.
 */
import { existsSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { keepsPrefixes, type Scenario } from '@llmsim/config';
import { formatTraceProblem, type ReadTraceOptions, readTrace, type Trace } from '@llmsim/traces';
import { ExitCode, UserError } from '../exit-codes.ts';
import { readWatched } from '../files/watched-bytes.ts';
import { tell } from '../terminal/tell.ts';
import { refuseMissingTrace } from './missing-trace.ts';
import { shippedFolder } from './shipped.ts';

export interface ReadingTold {
  /** Takes each warning; default: standard error does. */
  readonly say?: (line: string) => void;
  /** Whether nobody watches how far the reading is. Default false. */
  readonly quiet?: boolean;
}

/**
 * A scenario's trace, null when it has none. A relative path starts at `folder`; what is not there may be one of the
 * traces that travel with the program.
 *
 * @throws UserError with the exit code of a bad trace.
 */
export async function readScenarioTrace(
  scenario: Scenario,
  folder: string,
  told: ReadingTold = {},
): Promise<Trace | null> {
  const { config } = scenario;
  if (config.trace === undefined) return null;
  const { path, ...options } = config.trace;
  const file = tracePath(path, folder);
  if (path !== '-') refuseMissingTrace(scenario, file);
  const reading = {
    ...options,
    file: path === '-' ? '<stdin>' : asSeenFromHere(file),
    seed: config.random_seed,
    hash_ids: keepsPrefixes(config),
  };
  const trace = await readTraceFile(file, reading, told);
  if (reading.hash_ids && trace.workload.hash_ids === undefined) {
    (told.say ?? tell)(
      `warning: ${reading.file}: it has no hash ids, so enable_prefix_caching finds no prefix again`,
    );
  }
  return trace;
}

/** Where the trace lies; `-` is standard input. */
export function tracePath(path: string, folder: string): string {
  if (path === '-') return path;
  const own = resolve(folder, path);
  return [own, resolve(shippedFolder, path)].find(existsSync) ?? own;
}

/** A path as one would type it: relative below the folder one stands in, absolute elsewhere. */
function asSeenFromHere(path: string): string {
  const below = relative(process.cwd(), path);
  return below.startsWith('..') ? path : below;
}

/** @throws UserError with every problem, up to a number; Interrupted after Ctrl-C. */
export async function readTraceFile(
  path: string,
  options: ReadTraceOptions,
  { say = tell, quiet = false }: ReadingTold = {},
): Promise<Trace> {
  const file = options.file ?? (path === '-' ? '<stdin>' : path);
  const result = await readWatched({ path, file, exit_code: ExitCode.bad_trace, quiet }, (bytes) =>
    readTrace(bytes, { ...options, file }),
  );
  if (!result.ok) {
    const more = result.more_problems === 0 ? [] : [`and ${result.more_problems} problems more`];
    const lines = [...result.problems.map(formatTraceProblem), ...more];
    throw new UserError(lines.join('\n'), ExitCode.bad_trace);
  }
  for (const { message } of result.trace.warnings) say(`warning: ${file}: ${message}`);
  return result.trace;
}
