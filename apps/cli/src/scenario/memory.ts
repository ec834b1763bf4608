/**
 * How much memory a run may take on this machine. Knows no scenario.
 */

/** Leaves room for columns that double while they grow. */
const SHARE = 0.5;

/** Bytes. Columns live outside JavaScript's heap, so what the machine or container has free is the limit. */
export function memoryLimit(): number {
  return SHARE * process.availableMemory();
}
