/**
 * Variants of a measurement in processes of their own, so that none runs on code compiled for the shapes of another.
 * They run in turn, round by round: what else the machine does meets all of them. Knows nothing of what is measured.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';

export interface Turn {
  /** What the bench is called with in the process of this variant. */
  readonly args: readonly string[];
  /** Runs before those that count: code is compiled anew in the first of a process. */
  readonly warmUps: number;
}

/** What `answer` sent in each round, by variant. */
export async function inTurns<Answer>(turns: readonly Turn[], rounds: number): Promise<Answer[][]> {
  const processes = turns.map(({ args }) => fork(process.argv[1] ?? '', args));
  const running = processes.map((child) => ({ child, end: once(child, 'exit').then(brokenOff) }));
  const answers = turns.map((): Answer[] => []);
  const warmUps = Math.max(...turns.map((turn) => turn.warmUps));
  for (let round = -warmUps; round < rounds; round++) {
    for (const [index, { child, end }] of running.entries()) {
      if (round < 0 && -round > (turns[index]?.warmUps ?? 0)) continue;
      child.send('run');
      const [answer] = await Promise.race([once(child, 'message'), end]);
      if (round >= 0) answers[index]?.push(answer);
    }
  }
  for (const child of processes) child.disconnect();
  return answers;
}

/** In the process of a variant: runs once for each turn and sends what that gave. */
export function answer(run: () => unknown): void {
  process.on('message', () => process.send?.(run()));
}

function brokenOff(): never {
  throw new Error('a variant broke off');
}
