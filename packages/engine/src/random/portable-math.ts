/**
 * Natural logarithm and exponential from IEEE additions, multiplications and divisions alone.
 * `Math.log` and `Math.exp` may differ in the last bit between JavaScript engines; these cannot.
 * Both follow FreeBSD's msun (`e_log.c`, `e_exp.c`; Copyright 1993 Sun Microsystems, freely granted) and err by
 * less than one unit in the last place. Knows no distributions.
 */
const LN2_HI = 6.9314718036912381649e-1;
const LN2_LO = 1.90821492927058770002e-10;
const INV_LN2 = 1.442695040888963387;

const L1 = 6.66666666666673513e-1;
const L2 = 3.999999999940941908e-1;
const L3 = 2.857142874366239149e-1;
const L4 = 2.222219843214978396e-1;
const L5 = 1.818357216161805012e-1;
const L6 = 1.531383769920937332e-1;
const L7 = 1.479819860511658591e-1;

const P1 = 1.66666666666666019037e-1;
const P2 = -2.77777777770155933842e-3;
const P3 = 6.61375632143793436117e-5;
const P4 = -1.6533902205465251539e-6;
const P5 = 4.13813679705723846039e-8;

const SUBNORMAL_SCALE = 2 ** 54;
const float = new Float64Array(1);
const words = new Uint32Array(float.buffer);
/** Where the sign and exponent stand: the second word on a little-endian machine. */
const HIGH = new Uint32Array(new Float64Array([1]).buffer)[0] === 0 ? 1 : 0;

/** 2^k at k + LEAST_EXPONENT, every entry exact. A load from it is cheaper than assembling the bits. */
const LEAST_EXPONENT = 1074;
const powers = new Float64Array(LEAST_EXPONENT + 1024);
powers[LEAST_EXPONENT] = 1;
for (let k = 1; k <= 1023; k++) powers[LEAST_EXPONENT + k] = 2 * (powers[LEAST_EXPONENT + k - 1] ?? 0);
for (let k = -1; k >= -LEAST_EXPONENT; k--)
  powers[LEAST_EXPONENT + k] = 0.5 * (powers[LEAST_EXPONENT + k + 1] ?? 0);

/** Natural logarithm of x. NaN below zero, −∞ at zero. */
export function ln(x: number): number {
  if (!(x > 0)) return x === 0 ? Number.NEGATIVE_INFINITY : Number.NaN;
  if (x === Number.POSITIVE_INFINITY) return x;
  let exponent = 0;
  let value = x;
  if (value < 2 ** -1022) {
    value *= SUBNORMAL_SCALE;
    exponent = -54;
  }
  float[0] = value;
  const high = words[HIGH] ?? 0;
  // Mantissas above √2 are halved, so that 1 + f lies in [√½, √2).
  const scale = (high >>> 20) - 1023 + (((high & 0xfffff) + 0x95f64) >>> 20);
  const f = value * (powers[LEAST_EXPONENT - scale] ?? 0) - 1;
  exponent += scale;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const r = z * (L1 + w * (L3 + w * (L5 + w * L7))) + w * (L2 + w * (L4 + w * L6));
  const half = 0.5 * f * f;
  return exponent * LN2_HI - (half - (s * (half + r) + exponent * LN2_LO) - f);
}

/** e to the power x. Overflows to ∞ above 709.78, underflows to 0 below −745.13. */
export function exp(x: number): number {
  if (x > 709.782712893384) return Number.POSITIVE_INFINITY;
  if (x < -745.1332191019411) return 0;
  if (!(x * x > 2 ** -56)) return 1 + x;
  const k = Math.floor(x * INV_LN2 + 0.5);
  const high = x - k * LN2_HI;
  const low = k * LN2_LO;
  const r = high - low;
  const t = r * r;
  const c = r - t * (P1 + t * (P2 + t * (P3 + t * (P4 + t * P5))));
  const y = 1 - (low - (r * c) / (2 - c) - high);
  if (k > -1022 && k < 1023) return y * (powers[LEAST_EXPONENT + k] ?? 0);
  // At the ends of the range in two steps, so that neither factor leaves it.
  const step = k < 0 ? -60 : 60;
  return y * (powers[LEAST_EXPONENT + k - step] ?? 0) * (powers[LEAST_EXPONENT + step] ?? 0);
}
