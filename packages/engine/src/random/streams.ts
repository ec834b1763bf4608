/**
 * Named substreams of uniforms: one seed, one independent stream per purpose.
 * Drawing more from one never moves another, so changing the cluster leaves the workload bit-identical.
 * Knows no distribution.
 */
/// <reference path="./xor4096.d.ts" />
import xor4096 from 'seedrandom/lib/xor4096.js';
import type { Uniform } from './distribution.ts';

/**
 * The substream `name` of `seed`: uniforms in (0, 1) with 53 random bits
 * (Brent's xorgens 4096 as shipped by seedrandom).
 *
 * @example
 * const draw = uniformStream(42, 'arrivals');
 * draw(); // 0 < x < 1, the same on every machine
 */
export function uniformStream(seed: number | string, name: string): Uniform {
  return xor4096(`${seed}/${name}`).double;
}
