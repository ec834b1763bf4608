/**
 * How far two colours are apart for people who see colours in different ways. Knows no palette.
 * Distances are those of Oklab (B. Ottosson, 2020), where black and white are 1 apart; what the colour-blind see follows
 * G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, "A physiologically-based model for simulation of color vision
 * deficiency", IEEE Transactions on Visualization and Computer Graphics 15 (2009), at full severity.
 */
type Vector = readonly [number, number, number];
type Matrix = readonly [Vector, Vector, Vector];

const SEEN: readonly Matrix[] = [
  [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  // Without the cones for red,
  [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  // for green,
  [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  // and for blue.
  [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
];

const CONES: Matrix = [
  [0.4122214708, 0.5363325363, 0.0514459929],
  [0.2119034982, 0.6806995451, 0.1073969566],
  [0.0883024619, 0.2817188376, 0.6299787005],
];

const OKLAB: Matrix = [
  [0.2104542553, 0.793617785, -0.0040720468],
  [1.9779984951, -2.428592205, 0.4505937099],
  [0.0259040371, 0.7827717662, -0.808675766],
];

/** The distance of two colours `#rrggbb` to whom they look most alike. */
export function seenApart(one: string, other: string): number {
  return Math.min(
    ...SEEN.map((matrix) => {
      const [a, b] = [one, other].map((colour) => oklab(times(matrix, linear(colour)).map(clamped)));
      return Math.hypot(...(a ?? []).map((value, index) => value - (b?.[index] ?? 0)));
    }),
  );
}

function linear(colour: string): number[] {
  return [1, 3, 5]
    .map((at) => Number.parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
}

function oklab(rgb: readonly number[]): number[] {
  return times(OKLAB, times(CONES, rgb).map(Math.cbrt));
}

function times(matrix: Matrix, vector: readonly number[]): number[] {
  return matrix.map((row) => row.reduce((sum, factor, index) => sum + factor * (vector[index] ?? 0), 0));
}

function clamped(value: number): number {
  return Math.min(1, Math.max(0, value));
}
