/**
 * Mono against disagg over a grid, and the break-even along each of its axes. Generic in the runner's cells.
 * Knows no keys: an axis is a list of names, and positions between them are the caller's to understand.
 */
import type { NamedReading } from '../readings.ts';
import { type BreakEven, changesOf, narrowed } from './break-even.ts';
import { type Contest, type ContestPoint, type ContestRules, contest } from './crossover.ts';

export interface CrossoverAxis {
  /** The key that moves. */
  readonly key: string;
  /** What each step is called. */
  readonly steps: readonly string[];
  /** The value at a position between two steps; null where there are only words. */
  readonly valueAt: (position: number) => number | null;
  /** The step that the other axes' break-evens are looked for at. */
  readonly base: number;
}

export interface CrossoverQuestion<Cell> {
  readonly gpus: number;
  readonly axes: readonly CrossoverAxis[];
  /** What is compared at a position in each axis. */
  readonly pointAt: (position: readonly number[]) => Promise<ContestPoint<Cell>>;
}

export interface CrossoverPoint {
  /** Step of each axis. */
  readonly at: readonly number[];
  /** Null where a run has no such reading. */
  readonly contest: Contest | null;
}

/** A break-even in the values of an axis. */
export interface AxisBreakEven extends BreakEven<'mono' | 'disagg'> {
  readonly axis: number;
  readonly low_value: number;
  readonly high_value: number;
}

export interface CrossoverReport {
  /** False when it was stopped. */
  readonly finished: boolean;
  readonly gpus: number;
  readonly reading: NamedReading;
  readonly axes: readonly CrossoverAxis[];
  /** The last axis moves fastest. */
  readonly points: readonly CrossoverPoint[];
  /** Along each axis of numbers, the others at their base. */
  readonly break_evens: readonly AxisBreakEven[];
  readonly runs: number;
}

/** Share of a step to which a break-even is narrowed. */
const PRECISION = 1 / 16;

/** @throws what a run threw. Once the signal aborts, the report covers the points that were done. */
export async function mapCrossover<Cell>(
  { gpus, axes, pointAt }: CrossoverQuestion<Cell>,
  rules: ContestRules<Cell>,
): Promise<CrossoverReport> {
  let runs = 0;
  const counting = {
    ...rules,
    onRun() {
      runs++;
      rules.onRun?.();
    },
  };
  const points: CrossoverPoint[] = [];
  const break_evens: AxisBreakEven[] = [];
  let finished = true;
  const at = async (position: readonly number[]): Promise<Contest | null> =>
    contest(await pointAt(position), counting);
  try {
    for (const position of gridOf(axes)) points.push({ at: position, contest: await at(position) });
    for (const [axis, { valueAt }] of axes.entries()) {
      const base = axes.map((other) => other.base);
      const winners = points
        .filter(({ at }) => onLine(at, base, axis))
        .map((point) => point.contest?.winner ?? null);
      for (const change of changesOf(winners)) {
        const winnerAt = async (position: number): Promise<'mono' | 'disagg' | null> =>
          (await at(base.map((step, other) => (other === axis ? position : step))))?.winner ?? null;
        if (valueAt(change.low) === null || valueAt(change.high) === null) continue;
        const found = await narrowed(change, winnerAt, PRECISION);
        const [low_value, high_value] = [valueAt(found.low), valueAt(found.high)];
        if (low_value === null || high_value === null) continue;
        break_evens.push({ ...found, axis, low_value, high_value });
      }
    }
  } catch (error) {
    if (rules.signal?.aborted !== true) throw error;
    finished = false;
  }
  return { finished, gpus, reading: rules.reading, axes, points, break_evens, runs };
}

/** Every step of every axis, the last moving fastest. */
function gridOf(axes: readonly CrossoverAxis[]): number[][] {
  return axes.reduce<number[][]>(
    (grid, { steps }) => grid.flatMap((at) => steps.map((_, step) => [...at, step])),
    [[]],
  );
}

function onLine(at: readonly number[], base: readonly number[], axis: number): boolean {
  return at.every((step, other) => other === axis || step === base[other]);
}
