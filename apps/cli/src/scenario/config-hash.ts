/**
 * The fingerprint of a configuration: SHA-256 over its canonical JSON. Knows no schema.
 */
import { createHash, type Hash } from 'node:crypto';
import type { ScenarioConfig } from '@llmsim/config';
import type { ReplayWorkload } from '@llmsim/engine';

/**
 * Hexadecimal SHA-256 of the configuration with sorted keys. A trace enters by its requests, not by its path: the
 * same scenario has the same hash wherever its files lie.
 *
 * @param traces - what is replayed, null for nothing; several where a grid varies the trace, in a fixed order
 */
export function configHash(config: ScenarioConfig, ...traces: ReadonlyArray<ReplayWorkload | null>): string {
  const hash = createHash('sha256');
  const { trace: reference, ...rest } = config;
  const named = reference === undefined ? rest : { ...rest, trace: { ...reference, path: undefined } };
  hash.update(JSON.stringify(named, sortedKeys));
  for (const trace of traces) if (trace !== null) addTrace(hash, trace);
  return hash.digest('hex');
}

/** Hexadecimal SHA-256 of the requests of a trace. */
export function traceHash(trace: ReplayWorkload): string {
  const hash = createHash('sha256');
  addTrace(hash, trace);
  return hash.digest('hex');
}

function addTrace(
  hash: Hash,
  { arrival_s, prompt_tokens, output_tokens, session, hash_ids }: ReplayWorkload,
): void {
  for (const column of [arrival_s, prompt_tokens, output_tokens]) hash.update(Float64Array.from(column));
  if (session !== undefined) hash.update('session').update(Float64Array.from(session));
  if (hash_ids !== undefined) {
    hash.update(`hash_ids ${hash_ids.block_size}`).update(hash_ids.offsets).update(hash_ids.ids);
  }
}

function sortedKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
