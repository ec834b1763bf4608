/** The public names of the charts package. */
export { type AnyConfiguration, chartConfig } from './chart-config.ts';
export { type Drawing, type DrawingOptions, draw } from './draw.ts';
export { fitted } from './fitted.ts';
export { goodness, MARKS, marksOf, shade, signed } from './heatmap-shades.ts';
export { letters } from './letters.ts';
export { DARK, LIGHT, type Palette, type PointShape, pointShape, seriesColour } from './palette.ts';
export { countsWhole, hasPlace } from './places.ts';
export { chartsSvg } from './svg/chart-svg.ts';
