/**
 * Charts and tables as files: a picture, a drawing, rows with the names of quantities at their heads.
 * Knows no chart and no table.
 */
import { type Chart, chartTable, type TableSpec } from '@llmsim/analysis';
import { chartsSvg, type Palette } from '@llmsim/charts';
import { stringify } from 'csv-stringify/browser/esm/sync';

/** Pixels of a picture for each of the drawing: sharp in slides and on paper. */
const PNG_SCALE = 2;

export function chartSvg(chart: Chart, palette: Palette): Blob {
  return new Blob([chartsSvg([chart], null, palette)], { type: 'image/svg+xml' });
}

/** The same drawing as a picture, its surface behind it. */
export async function chartPng(chart: Chart, palette: Palette): Promise<Blob> {
  const image = new Image();
  image.src = `data:image/svg+xml,${encodeURIComponent(chartsSvg([chart], null, palette))}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = image.width * PNG_SCALE;
  canvas.height = image.height * PNG_SCALE;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob === null ? reject(new Error('it is too large')) : resolve(blob))),
  );
}

export function chartCsv(chart: Chart): Blob {
  return tableCsv(chartTable(chart));
}

export function tableCsv({ columns, rows }: TableSpec): Blob {
  const values = rows.map((cells) => cells.map(({ value }) => value));
  return new Blob([stringify([columns.map(({ key }) => key), ...values])], { type: 'text/csv' });
}
