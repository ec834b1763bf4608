/**
 * The latest finished run of each kind, kept so that what was compiled for it stays.
 *
 * V8 throws optimized code away when the hidden classes that it was compiled for belong to no living object, and a
 * garbage collection between two runs finds none: each such collection had the next run compiled anew, and after a
 * few of them the code took any shape and ran at a seventh of its speed. One finished run keeps them all alive.
 *
 * Knows nothing of a run but its kind.
 */

/** Kinds kept at the same time: what a program compares in turn. */
const KINDS = 4;

const kept = new Map<string, unknown>();

/** Keeps `run` in place of an earlier one of its kind, and lets the kind go that ran longest ago. */
export function keep(kind: string, run: unknown): void {
  kept.delete(kind);
  kept.set(kind, run);
  for (const oldest of kept.keys()) {
    if (kept.size <= KINDS) return;
    kept.delete(oldest);
  }
}
