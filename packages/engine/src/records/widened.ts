/** Longer columns. */

/** Copies a column into a longer one and returns that. */
export function widened<Column extends Float64Array | Int32Array | Uint8Array>(
  from: Column,
  to: Column,
): Column {
  to.set(from);
  return to;
}
