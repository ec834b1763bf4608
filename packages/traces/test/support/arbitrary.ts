/** Random traces and random cuts. */

import type { PrefixBlocks } from '@llmsim/engine';
import fc from 'fast-check';
import type { WritableTrace } from '../../src/index.ts';

interface Extras {
  readonly block_size?: number | undefined;
  readonly sessions?: boolean;
}

/** Times in whole steps of `step_s`, ascending, the first at 0. */
export function arbitraryTrace(
  steps_per_s: number,
  { block_size, sessions = false }: Extras = {},
): fc.Arbitrary<WritableTrace> {
  const request = fc.record({
    gap: fc.oneof(fc.constant(0), fc.nat(1000), fc.nat(100 * steps_per_s)),
    prompt: fc.oneof(fc.integer({ min: 1, max: 5000 }), fc.constant(2 ** 31 - 1)),
    output: fc.integer({ min: 1, max: 5000 }),
    session: sessions ? fc.integer({ min: -1, max: 6 }) : fc.constant(-1),
    ids: fc.array(fc.nat(2 ** 31 - 1), { maxLength: 5 }),
  });
  return fc.array(request, { minLength: 1, maxLength: 60 }).map((requests) => {
    let steps = 0;
    const arrival_s = requests.map(({ gap }, i) => {
      steps += i === 0 ? 0 : gap;
      return steps / steps_per_s;
    });
    const workload = {
      kind: 'replay' as const,
      arrival_s: Float64Array.from(arrival_s),
      prompt_tokens: Int32Array.from(requests, ({ prompt }) => prompt),
      output_tokens: Int32Array.from(requests, ({ output }) => output),
    };
    const ids = requests.map((request) => request.ids);
    const session = inOrder(requests.map((request) => request.session));
    return {
      workload: {
        ...workload,
        ...(session.some((its) => its >= 0) ? { session } : {}),
        ...(block_size === undefined || ids.flat().length === 0
          ? {}
          : { hash_ids: blocksOf(ids, block_size) }),
      },
    };
  });
}

/** The same sessions, numbered as they appear. */
function inOrder(sessions: readonly number[]): Int32Array {
  const seen = [...new Set(sessions.filter((session) => session >= 0))];
  return Int32Array.from(sessions, (session) => seen.indexOf(session));
}

function blocksOf(ids: readonly (readonly number[])[], block_size: number): PrefixBlocks {
  const offsets = new Int32Array(ids.length + 1);
  ids.forEach((list, i) => {
    offsets[i + 1] = (offsets[i] ?? 0) + list.length;
  });
  return { block_size, offsets, ids: Int32Array.from(ids.flat()) };
}

/** The bytes in pieces cut at the given places. */
export function pieces(bytes: Uint8Array, cuts: readonly number[]): Uint8Array[] {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  return places.slice(1).map((to, i) => bytes.subarray(places[i], to));
}
