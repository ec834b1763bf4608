/** Drawing SVG, apart from the rest of its package: whoever imports this late loads chart.js only to draw. */
export { chartsSvg } from '@llmsim/charts';
