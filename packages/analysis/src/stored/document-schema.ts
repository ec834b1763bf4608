/**
 * What a stored document must look like: the shape of `ResultDocument`, checked where a file comes in. The first mistake
 * of a list ends its check: a file of something else may have a million of them, and one is enough to refuse it.
 */
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
  points: tuples<ChartPoint>(2),
  band: tuples<ChartInterval>(3).exactOptional(),
  hollow: z.custom<boolean[]>(areBooleans).exactOptional(),
  dashed: z.boolean().exactOptional(),
  place: z.int().nonnegative().exactOptional(),
});

const curves = z.object({
  kind: z.literal('curves').exactOptional(),
  id: text,
  title: text,
  x: axis,
  y: axis,
  series: list(series),
  lines: list(z.union([z.object({ label: text, x: number }), z.object({ label: text, y: number })])),
  notes: list(text).exactOptional(),
});

const bars = z.object({
  kind: z.literal('bars'),
  id: text,
  title: text,
  value: axis,
  bars: list(z.object({ label: text, from: number, to: number, series: text.exactOptional() })),
  series: list(text).exactOptional(),
  base: z.object({ label: text, value: number }).exactOptional(),
  notes: list(text),
});

const categories = z.object({ label: text, categories: list(text) });
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
  cells: list(list(cell)),
  notes: list(text),
});

const chart: z.ZodType<Chart> = z.union([bars, heatmap, curves]);

const table: z.ZodType<TableSpec> = z.object({
  id: text,
  title: text,
  columns: list(
    z.object({
      key: text,
      label: text,
      unit: unit.exactOptional(),
      align: z.enum(['left', 'right']),
      detail: z.literal(true).exactOptional(),
      definition: text,
    }),
  ),
  rows: list(
    list(
      z.object({
        value: z.union([number, text, z.null()]),
        text,
        definition: text.exactOptional(),
      }),
    ),
  ),
  notes: list(text),
});

export const documentSchema: z.ZodType<ResultDocument> = z.object({
  kind: text,
  title: text,
  answer: list(z.object({ text, met: z.boolean().exactOptional() })),
  charts: list(chart),
  tables: list(table),
  origin: list(z.object({ label: text, text })),
});

function list<Item>(item: z.ZodType<Item>): z.ZodType<Item[]> {
  return z.array(z.unknown()).transform((values, { addIssue }) => {
    const items: Item[] = [];
    for (const [index, value] of values.entries()) {
      const { success, data, error } = item.safeParse(value);
      if (!success) {
        const [issue] = error.issues;
        addIssue({ code: 'custom', message: issue?.message ?? '', path: [index, ...(issue?.path ?? [])] });
        return z.NEVER;
      }
      items.push(data);
    }
    return items;
  });
}

/** Points and intervals, checked without the weight of zod's tuples. */
function tuples<Tuple>(size: number): z.ZodType<Tuple[]> {
  return z.custom<Tuple[]>(
    (value) => Array.isArray(value) && value.every((tuple) => areNumbers(tuple, size)),
  );
}

function areNumbers(value: unknown, count: number): boolean {
  return Array.isArray(value) && value.length === count && value.every(Number.isFinite);
}

function areBooleans(value: unknown): boolean {
  return Array.isArray(value) && value.every((flag) => typeof flag === 'boolean');
}
