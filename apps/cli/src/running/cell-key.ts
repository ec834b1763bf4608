/**
 * The fingerprint of a cell: equal for cells that give the same report. Reads the program's own code once, nothing else.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { hasAutoWarmUp } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';
import { configHash, traceHash } from '../scenario/config-hash.ts';
import { version } from '../version.ts';
import type { ScenarioCell } from './scenario-cell.ts';

/**
 * Keys under one version of the program. Its code enters by the worker's script, which holds all that computes a
 * report: a program that computes otherwise never takes what another one stored.
 */
export function cellKeys(worker_file: string): (cell: ScenarioCell) => string {
  const program = createHash('sha256').update(version).update(readFileSync(worker_file)).digest('hex');
  const traces = new WeakMap<ReplayWorkload, string>();
  const traceOf = (trace: ReplayWorkload | null): string => {
    if (trace === null) return '';
    const known = traces.get(trace) ?? traceHash(trace);
    traces.set(trace, known);
    return known;
  };
  return ({ config, trace, pilot_seed }) =>
    createHash('sha256')
      .update(
        `${program}\n${traceOf(trace)}\n${configHash(config, null)}${hasAutoWarmUp(config) ? `\n${pilot_seed}` : ''}`,
      )
      .digest('hex');
}
