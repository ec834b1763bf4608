/**
 * The colours of series as the page's style names them. The palette itself comes late, with chart.js, and legends are
 * there before; a test holds the two together.
 */

/** As many as the palette has. */
const SERIES_COLOURS = 7;

/** The property with the colour of the series at `place`; the first comes again after the last. */
export function seriesProperty(place: number): string {
  return `--series-${(place % SERIES_COLOURS) + 1}`;
}
