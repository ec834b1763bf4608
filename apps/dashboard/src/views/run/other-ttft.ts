/**
 * The TTFT distribution of the other architecture on the same seed, from a worker of its own: the run that the page is
 * about never waits for it. Knows no page.
 */
import type { ChartSpec } from '@llmsim/analysis';
import { Connection } from '../../sim/connection.ts';
import type { RunView, TtftOutcome } from '../../sim/protocol.ts';
import { Loaded } from '../../state/loaded.svelte.ts';
import type { Session } from '../../state/session.svelte.ts';

/** While a slider moves, every run is followed by the next: the other architecture waits until it rests. */
const REST_MS = 200;

interface OtherTtft {
  readonly of: RunView;
  /** Null where the scenario does not run with the other architecture. */
  readonly chart: ChartSpec | null;
}

export class OtherArchitecture {
  readonly #connection = new Connection();
  readonly #found: Loaded<OtherTtft>;

  constructor(session: Pick<Session, 'cell'>) {
    this.#found = new Loaded<OtherTtft>(async (view, { signal }) => {
      const mode = view.config.mode === 'mono' ? 'disagg' : 'mono';
      const cell = await session.cell(view, [`mode=${mode}`]);
      const outcome = await this.#connection.call<TtftOutcome>(signal, (remote, id) => remote.ttft(id, cell));
      return { of: view, chart: outcome.kind === 'done' ? outcome.chart : null };
    });
  }

  /** Starts soon; the function that it gives back gives it up. */
  follow(view: RunView): () => void {
    if (this.#found.value?.of === view) return () => {};
    const timer = setTimeout(() => void this.#found.follow(view), REST_MS);
    return () => {
      clearTimeout(timer);
      this.#found.stop();
    };
  }

  /** Null as long as nothing is known of `view`. */
  chartFor(view: RunView): ChartSpec | null {
    return this.#found.value?.of === view ? this.#found.value.chart : null;
  }

  close(): void {
    this.#found.stop();
    this.#connection.close();
  }
}
