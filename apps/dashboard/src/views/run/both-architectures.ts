/**
 * The TTFT distribution of a run beside that of the other architecture on the same seed. Knows no page.
 */
import type { ChartSeries, ChartSpec } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { Connection } from '../../sim/connection.ts';
import type { Cell, TtftOutcome } from '../../sim/protocol.ts';

export const ARCHITECTURES = ['mono', 'disagg'] as const satisfies readonly ScenarioConfig['mode'][];

export function otherThan(mode: ScenarioConfig['mode']): ScenarioConfig['mode'] {
  return mode === 'mono' ? 'disagg' : 'mono';
}

/** A worker of its own: the run that the page is about never waits for this one. */
export class OtherArchitecture {
  readonly #connection = new Connection();

  /** The distribution of `cell`; null where it does not apply, or was given up. */
  async ttft(cell: Cell, signal: AbortSignal): Promise<ChartSpec | null> {
    const outcome = await this.#connection.call<TtftOutcome>(signal, (remote, id) => remote.ttft(id, cell));
    return outcome.kind === 'done' ? outcome.chart : null;
  }

  close(): void {
    this.#connection.close();
  }
}

/** One chart with both; an architecture keeps its place, and with it its colour, where the other is missing. */
export function withOther(chart: ChartSpec, other: ChartSpec | null): ChartSpec {
  const known = [...chart.series, ...(other?.series ?? [])];
  const series = ARCHITECTURES.map(
    (name): ChartSeries => known.find((each) => each.name === name) ?? { name, kind: 'step', points: [] },
  );
  return { ...chart, series };
}
