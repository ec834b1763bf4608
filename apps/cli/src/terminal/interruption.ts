/**
 * Ctrl-C: the first asks the work to stop and keep what is finished, the second ends the program.
 * Knows no simulation.
 */
import { discardUnfinished } from '../files/sink.ts';

/** Does `work` with a signal that aborts at the first Ctrl-C. */
export async function interruptible<Result>(work: (signal: AbortSignal) => Promise<Result>): Promise<Result> {
  const controller = new AbortController();
  const interrupt = (): void => {
    if (controller.signal.aborted) {
      discardUnfinished();
      process.off('SIGINT', interrupt);
      process.kill(process.pid, 'SIGINT');
      return;
    }
    controller.abort();
  };
  process.on('SIGINT', interrupt);
  try {
    return await work(controller.signal);
  } finally {
    process.off('SIGINT', interrupt);
  }
}
