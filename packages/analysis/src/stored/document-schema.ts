/** What a stored document must look like: the shape of `ResultDocument`, checked where a file comes in. */
import * as z from 'zod';
import type { Chart, ChartInterval, ChartPoint } from '../views/chart-spec.ts';
import type { Unit } from '../views/format.ts';
import type { ResultDocument } from '../views/result-document.ts';
import type { TableSpec } from '../views/table-spec.ts';

const text = z.string();
const number = z.number();
const unit = z.custom<Unit>((value) => typeof value === 'string');
const axis = z.object({ label: text, unit, scale: z.enum(['linear', 'log']), definition: text });

const series = z.object({
  name: text,
  kind: z.enum(['line', 'step', 'points']),
  points: z.array(z.custom<ChartPoint>((value) => areNumbers(value, 2))),
  band: z.array(z.custom<ChartInterval>((value) => areNumbers(value, 3))).exactOptional(),
  hollow: z.array(z.boolean()).exactOptional(),
  dashed: z.boolean().exactOptional(),
});

const curves = z.object({
  kind: z.literal('curves').exactOptional(),
  id: text,
  title: text,
  x: axis,
  y: axis,
  series: z.array(series),
  lines: z.array(z.union([z.object({ label: text, x: number }), z.object({ label: text, y: number })])),
  notes: z.array(text).exactOptional(),
});

const bars = z.object({
  kind: z.literal('bars'),
  id: text,
  title: text,
  value: axis,
  bars: z.array(z.object({ label: text, from: number, to: number, series: text.exactOptional() })),
  series: z.array(text).exactOptional(),
  base: z.object({ label: text, value: number }).exactOptional(),
  notes: z.array(text),
});

const categories = z.object({ label: text, categories: z.array(text) });
const cell = z.object({
  value: number.nullable(),
  text,
  mark: z.enum(['best', 'fails', 'overloaded']).exactOptional(),
});

const heatmap = z.object({
  kind: z.literal('heatmap'),
  id: text,
  title: text,
  x: categories,
  y: categories,
  value: z.object({ label: text, unit, better: z.enum(['lower', 'higher']), definition: text }),
  cells: z.array(z.array(cell)),
  notes: z.array(text),
});

const chart: z.ZodType<Chart> = z.union([bars, heatmap, curves]);

const table: z.ZodType<TableSpec> = z.object({
  id: text,
  title: text,
  columns: z.array(
    z.object({
      key: text,
      label: text,
      unit: unit.exactOptional(),
      align: z.enum(['left', 'right']),
      detail: z.literal(true).exactOptional(),
      definition: text,
    }),
  ),
  rows: z.array(
    z.array(
      z.object({
        value: z.union([number, text, z.null()]),
        text,
        definition: text.exactOptional(),
      }),
    ),
  ),
  notes: z.array(text),
});

export const documentSchema: z.ZodType<ResultDocument> = z.object({
  kind: text,
  title: text,
  answer: z.array(z.object({ text, met: z.boolean().exactOptional() })),
  charts: z.array(chart),
  tables: z.array(table),
  origin: z.array(z.object({ label: text, text })),
});

/** A tuple, checked without the weight of zod's. */
function areNumbers(value: unknown, count: number): boolean {
  return Array.isArray(value) && value.length === count && value.every(Number.isFinite);
}
