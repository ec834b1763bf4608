/**
 * The configuration as a result file holds it: a relative path to a trace starts where the file lies, so that the
 * file runs again from there.
 */
import { isAbsolute, relative, resolve } from 'node:path';
import type { ScenarioConfig } from '@llmsim/config';
import type { RunRecord } from './reporter.ts';

/** The configuration of a run, for a file in `folder`. The traces of shipped scenarios are found from anywhere. */
export function configFrom({ config, folder: base }: RunRecord, folder: string): ScenarioConfig {
  const { trace } = config;
  if (trace === undefined || base === null || trace.path === '-' || isAbsolute(trace.path)) return config;
  const path = relative(folder, resolve(base, trace.path));
  return { ...config, trace: { ...trace, path } };
}
