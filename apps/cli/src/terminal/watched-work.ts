/**
 * Work on an amount where somebody may watch: a line on a terminal, and Ctrl-C, after which nothing of it is kept.
 * Knows no work.
 */
import { Interrupted } from '../exit-codes.ts';
import { type Amount, amountProgress } from './amount-progress.ts';
import { interruptible } from './interruption.ts';

export interface WatchedWork extends Amount {
  /** Whether nobody watches. */
  readonly quiet: boolean;
}

export interface Watch {
  /** Aborts at the first Ctrl-C. */
  readonly signal: AbortSignal;
  /** So much is done by now. */
  readonly update: (done: number) => void;
  /** Lets Ctrl-C in where the work itself waits for nothing. @throws Interrupted after one. */
  readonly pause: () => Promise<void>;
}

/** @throws Interrupted after Ctrl-C. */
export async function watchedWork<Result>(
  { quiet, ...amount }: WatchedWork,
  work: (watch: Watch) => Promise<Result>,
): Promise<Result> {
  const progress = amountProgress(quiet || !process.stderr.isTTY ? null : process.stderr, amount);
  try {
    return await interruptible(async (signal) => {
      const pause = async (): Promise<void> => {
        await new Promise((resolve) => void setImmediate(resolve));
        if (signal.aborted) throw interrupted(amount);
      };
      const result = await work({ signal, update: progress.update, pause });
      // Ctrl-C while the last of it was done is seen only now.
      await pause();
      return result;
    });
  } finally {
    progress.clear();
  }
}

function interrupted({ subject, verb }: Amount): Interrupted {
  return new Interrupted(`Interrupted before ${subject} was ${verb}`);
}
