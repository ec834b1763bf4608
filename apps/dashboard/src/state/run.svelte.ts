/**
 * The run the page is about: how it stands, and the last result there is. A newer run replaces an older one, and
 * what an older one still says is dropped. Knows no worker, no fields and no words.
 */
import type { Problem } from '@llmsim/config';
import type { Simulator } from '../sim/client.ts';
import type { RunOutcome, RunView, ScenarioSource } from '../sim/protocol.ts';

/** What stands in the way of a run. */
export type Obstacle = Pick<Problem, 'line' | 'column' | 'path' | 'message' | 'fix'>;

export type Phase = 'idle' | 'running' | 'done' | 'invalid' | 'broken' | 'cancelled';

export class RunState {
  phase = $state<Phase>('idle');
  /** Share of the newest run that is done, from 0 to 1; where it stood when it was cancelled. */
  fraction = $state(0);
  /** The last finished run; kept while the next one runs, fails or is cancelled. */
  view = $state.raw<RunView | null>(null);
  /** Why the newest run did not run. */
  obstacles = $state.raw<readonly Obstacle[]>([]);

  readonly #simulator: Pick<Simulator, 'run'>;
  #newest = new AbortController();

  constructor(simulator: Pick<Simulator, 'run'>) {
    this.#simulator = simulator;
  }

  /** Whether `view` belongs to an earlier run than the newest. */
  get stale(): boolean {
    return this.view !== null && this.phase !== 'done';
  }

  /**
   * Starts a run and cancels the one before it; `settled` is called with its outcome unless it was cancelled.
   * Settles when this run has ended; never rejects.
   */
  async start(source: ScenarioSource, settled: (outcome: RunOutcome) => void = () => {}): Promise<void> {
    this.#newest.abort();
    const controller = new AbortController();
    this.#newest = controller;
    const { signal } = controller;
    this.phase = 'running';
    this.fraction = 0;
    this.obstacles = [];
    const onProgress = (fraction: number): void => {
      if (!signal.aborted && this.phase === 'running') this.fraction = fraction;
    };
    try {
      const outcome = await this.#simulator.run(source, { signal, onProgress });
      if (signal.aborted) return;
      settled(outcome);
      this.#end(outcome);
    } catch (error) {
      if (!signal.aborted) this.#break(error);
    }
  }

  /** Gives the newest run up at once: the simulator is told to stop, and what it still says is dropped. */
  cancel(): void {
    if (this.phase !== 'running') return;
    this.#newest.abort();
    this.phase = 'cancelled';
  }

  #end(outcome: RunOutcome): void {
    switch (outcome.kind) {
      case 'done':
        this.view = outcome.view;
        this.fraction = 1;
        this.phase = 'done';
        break;
      case 'invalid':
        this.obstacles = outcome.problems;
        this.phase = 'invalid';
        break;
      case 'cancelled':
        this.phase = 'cancelled';
        break;
    }
  }

  #break(error: unknown): void {
    const reason = error instanceof Error ? error.message : String(error);
    this.obstacles = [
      { line: null, column: null, path: '', message: `the simulator broke: ${reason}`, fix: 'Run again.' },
    ];
    this.phase = 'broken';
  }
}
