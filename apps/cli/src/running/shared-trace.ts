/**
 * Traces in memory that all threads read: sending one to a thread costs nothing, however long it is.
 */
import type { PrefixBlocks, ReplayWorkload } from '@llmsim/engine';

const shared = new WeakMap<ReplayWorkload, ReplayWorkload>();

/** The same requests with their columns in shared memory; copied once for each trace. */
export function sharedTrace(trace: ReplayWorkload): ReplayWorkload {
  const known = shared.get(trace);
  if (known !== undefined) return known;
  const { session, hash_ids } = trace;
  const copy: ReplayWorkload = {
    ...trace,
    arrival_s: sharedFloats(trace.arrival_s),
    prompt_tokens: sharedFloats(trace.prompt_tokens),
    output_tokens: sharedFloats(trace.output_tokens),
    ...(session === undefined ? {} : { session: sharedFloats(session) }),
    ...(hash_ids === undefined ? {} : { hash_ids: sharedBlocks(hash_ids) }),
  };
  shared.set(trace, copy);
  return copy;
}

function sharedFloats(column: ArrayLike<number>): Float64Array {
  const copy = new Float64Array(new SharedArrayBuffer(8 * column.length));
  copy.set(column);
  return copy;
}

function sharedBlocks({ block_size, offsets, ids }: PrefixBlocks): PrefixBlocks {
  return { block_size, offsets: sharedIntegers(offsets), ids: sharedIntegers(ids) };
}

function sharedIntegers(column: Int32Array): Int32Array {
  const copy = new Int32Array(new SharedArrayBuffer(4 * column.length));
  copy.set(column);
  return copy;
}
