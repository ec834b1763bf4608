/** Progress that does not come too often. Knows no run. */
import type { OnProgress } from './protocol.ts';

/** Passes on the first call, then drops those that come too soon after one it passed on. */
export function atMostEvery(wait_ms: number, pass: OnProgress): OnProgress {
  let next = 0;
  return (fraction) => {
    const now = performance.now();
    if (now < next) return;
    next = now + wait_ms;
    pass(fraction);
  };
}
