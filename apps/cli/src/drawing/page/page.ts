/**
 * The script of an HTML report: draws the charts whose values stand in the page, again when light and dark change.
 * Knows no analysis; everything else on the page is there without it.
 */
import type { Chart } from '@llmsim/analysis';
import { chartConfig, DARK, type Drawing, draw, LIGHT } from '@llmsim/charts';

const dark = matchMedia('(prefers-color-scheme: dark)');
const drawings = new Map<HTMLCanvasElement, Drawing>();

function drawAll(): void {
  for (const canvas of document.querySelectorAll<HTMLCanvasElement>('canvas')) {
    const figure = canvas.closest('figure');
    const values = figure?.querySelector('script[type="application/json"]')?.textContent;
    if (figure === null || typeof values !== 'string') continue;
    drawings.get(canvas)?.destroy();
    try {
      const chart: Chart = JSON.parse(values);
      const config = chartConfig(chart, dark.matches ? DARK : LIGHT);
      drawings.set(canvas, draw(canvas, config, { legend: false, responsive: true }));
      figure.dataset.drawn = 'true';
    } catch (error) {
      figure.dataset.drawn = 'failed';
      console.error(error);
    }
  }
}

dark.addEventListener('change', drawAll);
drawAll();
