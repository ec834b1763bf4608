/**
 * Buckets whose width grows with their value, addressed by the bits of the number: 128 to each power of two.
 * Knows no counts. The same buckets everywhere, so what is counted in them can be added up across runs.
 */
const SUB_BITS = 7;
const MIN_EXPONENT = -30;
const MAX_EXPONENT = 34;
const BIAS = 1023;
const BASE = (MIN_EXPONENT + BIAS) << SUB_BITS;

/** Bucket 0 holds everything below 2^-30 (a nanosecond); the last, everything from 2^34 on. */
export const BUCKETS: number = (MAX_EXPONENT - MIN_EXPONENT) << SUB_BITS;

/** The middle of a bucket is off by at most this share of any value inside it. */
export const HISTOGRAM_RELATIVE_ERROR: number = 2 ** -(SUB_BITS + 1);

const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
const HIGH = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 1 : 0;

/** The bucket of a value; negative values count as 0. */
export const bucketOf = (value: number): number => {
  float[0] = value;
  const index = ((words[HIGH] ?? 0) >>> (20 - SUB_BITS)) - BASE;
  if (index >= BUCKETS) return value > 0 ? BUCKETS - 1 : 0;
  return Math.max(index, 0);
};

/** The least value of each bucket and, last, the end of the last one. */
const floors = Float64Array.from({ length: BUCKETS + 1 }, (_, bucket) => {
  const exponent = (bucket >> SUB_BITS) + MIN_EXPONENT;
  return bucket === 0 ? 0 : 2 ** exponent * (1 + (bucket & ((1 << SUB_BITS) - 1)) / (1 << SUB_BITS));
});

/** The least value of a bucket, from 0 to `BUCKETS`. */
export function bucketFloor(bucket: number): number {
  return floors[bucket] ?? 0;
}

/** The value that stands for a bucket: its middle, 0 for the first. */
export function bucketMiddle(bucket: number): number {
  return bucket <= 0 ? 0 : (bucketFloor(bucket) + bucketFloor(bucket + 1)) / 2;
}
