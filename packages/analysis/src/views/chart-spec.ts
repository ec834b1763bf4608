/**
 * What a chart is: plain values with their labels, for any drawing library and for a terminal.
 * Knows no metric, no colours and no pixels.
 */
import type { Unit } from './format.ts';

/** Any chart: curves over two axes, bars over one, or values over two lists of categories. */
export type Chart = ChartSpec | BarChartSpec | HeatmapSpec;

export interface ChartAxis {
  readonly label: string;
  /** Unit of the points; `formatQuantity` turns ticks into text. */
  readonly unit: Unit;
  readonly scale: 'linear' | 'log';
  /** One sentence for help. */
  readonly definition: string;
}

export type ChartPoint = readonly [x: number, y: number];

/** An interval at an x. */
export type ChartInterval = readonly [x: number, low: number, high: number];

export interface ChartSeries {
  readonly name: string;
  /** `step`: a value holds from its x to the next; `line`: straight between points; `points`: points alone. */
  readonly kind: 'line' | 'step' | 'points';
  /** Ascending in x. */
  readonly points: readonly ChartPoint[];
  /** Intervals around the series, ascending in x. */
  readonly band?: readonly ChartInterval[];
  /** For each point, whether it is drawn hollow: its number counts for less, as where the system is overloaded. */
  readonly hollow?: readonly boolean[];
  /** Drawn dashed: computed from theory, not from runs. */
  readonly dashed?: boolean;
  /** The position of its colour in the palette, from 0; its own among the series when left out. */
  readonly place?: number;
}

/** A straight line across the chart, at an x or at a y. */
export type ChartLine = { readonly label: string } & ({ readonly x: number } | { readonly y: number });

/** Curves and points over two axes. */
export interface ChartSpec {
  readonly kind?: 'curves';
  readonly id: string;
  readonly title: string;
  readonly x: ChartAxis;
  readonly y: ChartAxis;
  readonly series: readonly ChartSeries[];
  readonly lines: readonly ChartLine[];
  /** What a reader of the chart must know, as sentences. */
  readonly notes?: readonly string[];
}

/** A bar from one value to another; bars with the same label share a row. */
export interface ChartBar {
  readonly label: string;
  readonly from: number;
  readonly to: number;
  /** What the bar stands for in its row: a part of a whole, or the low and the high end. */
  readonly series?: string;
}

/** Horizontal bars, one row a label in the order given: parts of a whole, or a tornado about a base value. */
export interface BarChartSpec {
  readonly kind: 'bars';
  readonly id: string;
  readonly title: string;
  readonly value: ChartAxis;
  readonly bars: readonly ChartBar[];
  /** All series of charts like this one, in the order of their colours; in order of appearance when left out. */
  readonly series?: readonly string[];
  /** The value that a tornado stands about. */
  readonly base?: { readonly label: string; readonly value: number };
  readonly notes: readonly string[];
}

export interface HeatmapCell {
  /** Null where there is no number. */
  readonly value: number | null;
  /** What the cell says. */
  readonly text: string;
  /** What sets the cell apart, besides its colour. */
  readonly mark?: 'best' | 'fails' | 'overloaded';
}

/** A list of categories along one side of a heatmap, in order. */
export interface ChartCategories {
  readonly label: string;
  readonly categories: readonly string[];
}

/** One value for each pair of categories. */
export interface HeatmapSpec {
  readonly kind: 'heatmap';
  readonly id: string;
  readonly title: string;
  /** From left to right. */
  readonly x: ChartCategories;
  /** From bottom to top. */
  readonly y: ChartCategories;
  readonly value: {
    readonly label: string;
    readonly unit: Unit;
    readonly better: 'lower' | 'higher';
    /** One sentence for help. */
    readonly definition: string;
  };
  /** One row for each category of `y`, with a cell for each category of `x`. */
  readonly cells: readonly (readonly HeatmapCell[])[];
  readonly notes: readonly string[];
}
