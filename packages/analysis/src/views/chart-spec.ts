/**
 * What a chart is: plain points with their labels, for any drawing library.
 * Knows no metric, no colours and no pixels.
 */
import type { Unit } from './format.ts';

export interface ChartAxis {
  readonly label: string;
  /** Unit of the points; `formatQuantity` turns ticks into text. */
  readonly unit: Unit;
  readonly scale: 'linear' | 'log';
  /** One sentence for help. */
  readonly definition: string;
}

export type ChartPoint = readonly [x: number, y: number];

export interface ChartSeries {
  readonly name: string;
  /** `step`: a value holds from its x to the next; `line`: straight between points. */
  readonly kind: 'line' | 'step';
  /** Ascending in x. */
  readonly points: readonly ChartPoint[];
}

/** A straight line across the chart, at an x or at a y. */
export type ChartLine = { readonly label: string } & ({ readonly x: number } | { readonly y: number });

export interface ChartSpec {
  readonly id: string;
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  readonly lines: readonly ChartLine[];
}
