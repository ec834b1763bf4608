/** Which points of a sweep lie beyond an overloaded one. Knows reports by their verdicts alone. */
import type { SimulationReport } from '@llmsim/engine';
import type { GridLine } from './grid.ts';

/**
 * The first point of each line whose runs all ended overloaded, as far as it is known. Which points lie beyond depends
 * on the reports alone, not on the order in which they came.
 */
export class EarlyStop {
  readonly #lasts = new Map<GridLine, number>();
  readonly #active: boolean;
  readonly #replications: number;

  /** @param active - whether anything is left out at all */
  constructor(active: boolean, replications: number) {
    this.#active = active;
    this.#replications = replications;
  }

  /** Looks at the runs of the point at `step` of a line. */
  look(line: GridLine, step: number, reports: readonly (SimulationReport | undefined)[]): void {
    const overloaded = reports.filter((report) => report?.verdict.state === 'overloaded').length;
    if (this.#active && overloaded === this.#replications)
      this.#lasts.set(line, Math.min(step, this.#last(line)));
  }

  isBeyond(line: GridLine, step: number): boolean {
    return step > this.#last(line);
  }

  /** Points of a line that are not left out. */
  pointsOf(line: GridLine): number {
    return Math.min(line.points.length, this.#last(line) + 1);
  }

  #last(line: GridLine): number {
    return this.#lasts.get(line) ?? Number.POSITIVE_INFINITY;
  }
}
