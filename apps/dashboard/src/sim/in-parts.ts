/**
 * A document whose curves have very many points, cut so that no message between worker and page takes long to unpack:
 * first the document without them, then the points part by part. Knows no worker.
 */
import type { Chart, ChartSeries, ChartSpec, ResultDocument } from '@llmsim/analysis';

/** Unpacked in a few milliseconds. */
const MOST_POINTS = 10_000;

/** A part of one curve, which follows those that came before. */
export interface CurvePart {
  /** Where the chart stands in the document, and the series in the chart. */
  readonly chart: number;
  readonly series: number;
  readonly points: ChartSeries['points'];
  /** Undefined where the series has none. */
  readonly hollow: ChartSeries['hollow'];
}

export interface CutDocument {
  readonly document: ResultDocument;
  readonly parts: readonly CurvePart[];
}

/** Curves of few points stay in the document. */
export function cut(document: ResultDocument): CutDocument {
  const parts: CurvePart[] = [];
  const charts = document.charts.map((spec, chart): Chart => {
    if (!isCurves(spec)) return spec;
    const series = spec.series.map((whole, at) => {
      if (whole.points.length <= MOST_POINTS) return whole;
      parts.push(...partsOf(whole, chart, at));
      return { ...whole, points: [], ...(whole.hollow === undefined ? {} : { hollow: [] }) };
    });
    return { ...spec, series };
  });
  return { document: { ...document, charts }, parts };
}

/** The document with all `parts` in their places, in the order that `cut` gave them. */
export function joined(document: ResultDocument, parts: readonly CurvePart[]): ResultDocument {
  const charts = document.charts.map((spec, chart): Chart => {
    const own = parts.filter((part) => part.chart === chart);
    if (own.length === 0 || !isCurves(spec)) return spec;
    const series = spec.series.map((one, at): ChartSeries => {
      const of = own.filter((part) => part.series === at);
      if (of.length === 0) return one;
      const hollow = one.hollow === undefined ? {} : { hollow: of.flatMap((part) => part.hollow ?? []) };
      // Not flatMap, which looks into every point as well.
      return {
        ...one,
        points: ([] as ChartSeries['points'][number][]).concat(...of.map(({ points }) => points)),
        ...hollow,
      };
    });
    return { ...spec, series };
  });
  return { ...document, charts };
}

function partsOf({ points, hollow }: ChartSeries, chart: number, series: number): CurvePart[] {
  return Array.from({ length: Math.ceil(points.length / MOST_POINTS) }, (_, at) => {
    const [from, to] = [at * MOST_POINTS, (at + 1) * MOST_POINTS];
    return { chart, series, points: points.slice(from, to), hollow: hollow?.slice(from, to) };
  });
}

function isCurves(chart: Chart): chart is ChartSpec {
  return chart.kind === undefined || chart.kind === 'curves';
}
