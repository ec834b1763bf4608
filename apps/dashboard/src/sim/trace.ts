/**
 * The requests of the trace that a scenario names, read from the file that the page has. Knows no worker.
 * The last one read is kept: runs differ in everything else far more often.
 */
import { keepsPrefixes, locate, type Problem, type Scenario } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';

export type TraceRead =
  | { readonly ok: true; readonly trace: ReplayWorkload | null }
  | {
      readonly ok: false;
      readonly problems: readonly Problem[];
      /** The file that the page would have to give, null when it did and the file is at fault. */
      readonly wanted: string | null;
    };

let last: { readonly key: string; readonly trace: ReplayWorkload } | null = null;

/** `trace` is null for a scenario without one. */
export async function traceFor(scenario: Scenario, file: File | null): Promise<TraceRead> {
  const reference = scenario.config.trace;
  if (reference === undefined) return { ok: true, trace: null };
  const { path, ...shaping } = reference;
  const name = path.slice(path.lastIndexOf('/') + 1);
  if (file?.name !== name) {
    const message = `the trace ${name} is not in this page`;
    return refused(scenario, [{ message, fix: 'Open that file here, or drop it onto the page.' }], name);
  }
  const { config } = scenario;
  const options = { ...shaping, seed: config.random_seed, hash_ids: keepsPrefixes(config) };
  const key = JSON.stringify([name, file.size, file.lastModified, options]);
  if (last?.key !== key) {
    const { readTrace, webStreamChunks } = await import('@llmsim/traces');
    const read = await readTrace(webStreamChunks(file.stream()), { ...options, file: name });
    if (!read.ok) {
      const found = read.problems.map(({ line, column, message, fix }) => ({
        message: `${name}:${line}:${column}: ${message}`,
        fix,
      }));
      return refused(scenario, found, null);
    }
    last = { key, trace: read.trace.workload };
  }
  return { ok: true, trace: last.trace };
}

function refused(
  scenario: Scenario,
  found: ReadonlyArray<Pick<Problem, 'message' | 'fix'>>,
  wanted: string | null,
): TraceRead {
  const unplaced = { file: '', line: null, column: null, flag: null, path: 'trace.path' };
  return {
    ok: false,
    problems: found.map((problem) => locate({ ...unplaced, ...problem }, scenario)),
    wanted,
  };
}
