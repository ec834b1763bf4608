/** A run to its end, or given up: what a cancelled run has measured is never shown, so no report is made of it. */
import type { CancelSignal, Simulation, SimulationResult } from '@llmsim/engine';

/** Events between two looks at what the page says, a few milliseconds of work. */
const SLICE_EVENTS = 20_000;

/** Runs in slices, so that a cancel gets through between two of them; null once `signal` is aborted. */
export async function runInFull(
  run: Simulation,
  signal: Pick<CancelSignal, 'aborted'>,
): Promise<SimulationResult | null> {
  while (!signal.aborted) {
    if (run.advance(SLICE_EVENTS).done) return run.result();
    await nextTurn();
  }
  return null;
}

/** Lets messages in, without the milliseconds that browsers put between timers. */
function nextTurn(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
