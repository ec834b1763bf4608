/** Mean and spread of columns. Knows no traces. */

/** Mean and standard deviation, which divides by n. */
export function meanAndStd(values: ArrayLike<number>): { readonly mean: number; readonly std: number } {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i] ?? 0;
  const mean = sum / values.length;
  let squares = 0;
  for (let i = 0; i < values.length; i++) squares += ((values[i] ?? 0) - mean) ** 2;
  return { mean, std: Math.sqrt(squares / values.length) };
}
