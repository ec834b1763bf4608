/**
 * Colours of charts, on a light and on a dark surface, and the shapes that tell series apart without them.
 * Series hold 3:1 against the surface, inks 4.5:1; any two series stay apart for the colour-blind. Knows no chart.
 */

export interface Palette {
  readonly surface: string;
  /** Of numbers and names inside the chart. */
  readonly ink: string;
  /** Of axes and their ticks. */
  readonly ink_quiet: string;
  readonly rule: string;
  /** Of lines across the chart. */
  readonly marker: string;
  /** One for each series, in order; the first comes again after the last. */
  readonly series: readonly string[];
}

export const LIGHT: Palette = {
  surface: '#ffffff',
  ink: '#16191d',
  ink_quiet: '#555d68',
  rule: '#dfe3e8',
  marker: '#555d68',
  series: ['#0b5cad', '#b34a00', '#1a4311', '#a06aec', '#733d62', '#bb7962', '#4784ad'],
};

export const DARK: Palette = {
  surface: '#191d23',
  ink: '#e8ebef',
  ink_quiet: '#a3adba',
  rule: '#2c323b',
  marker: '#a3adba',
  series: ['#7db8f5', '#f5a26b', '#bceab1', '#915adb', '#c185ad', '#9b5c45', '#37759e'],
};

/** The colour of the series at `index`. */
export function seriesColour({ series, ink }: Palette, index: number): string {
  return series[index % series.length] ?? ink;
}

/** What a point of a series looks like: for chart.js and as a character, full and hollow. */
export interface PointShape {
  readonly style: 'circle' | 'rect' | 'triangle' | 'rectRot';
  readonly full: string;
  readonly hollow: string;
}

const SHAPES: readonly [PointShape, ...PointShape[]] = [
  { style: 'circle', full: '●', hollow: '○' },
  { style: 'rect', full: '■', hollow: '□' },
  { style: 'triangle', full: '▲', hollow: '△' },
  { style: 'rectRot', full: '◆', hollow: '◇' },
];

/** The shape of the series at `index`. */
export function pointShape(index: number): PointShape {
  return SHAPES[index % SHAPES.length] ?? SHAPES[0];
}

/** `share` of the way from one colour to another, both as `#rrggbb`. */
export function mixed(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [a, b] = [from, to].map((colour) => Number.parseInt(colour.slice(at, at + 2), 16));
    return Math.round((a ?? 0) + ((b ?? 0) - (a ?? 0)) * share)
      .toString(16)
      .padStart(2, '0');
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}
