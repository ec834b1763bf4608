/** A sweep as rows of `.csv`: one for each point, quantities under their names. Knows no layout. */
import type { SweepReport } from '@llmsim/analysis';

type Row = Readonly<Record<string, string | number | boolean | null>>;

export function sweepRows({ axes, lines, metrics }: SweepReport): Row[] {
  return lines.flatMap(({ points }) =>
    points.map((point) => ({
      ...Object.fromEntries(
        axes.flatMap(({ key, texts, values, set_by }, axis) => {
          const step = point.at[axis] ?? 0;
          if (set_by !== undefined) {
            return [
              [key, values[step] ?? null],
              [set_by.key, set_by.values[step] ?? null],
            ];
          }
          // Linked keys have a value each.
          return key.split(',').map((path, member, all) => {
            const text = texts[step]?.split(' / ')[member] ?? '';
            return [path, all.length === 1 ? (values[step] ?? null) : text];
          });
        }),
      ),
      state: point.state,
      runs: point.runs,
      overloaded_runs: point.overloaded_runs,
      rejected_share: point.rejected_share,
      ...Object.fromEntries(
        metrics.flatMap(({ key }) => {
          const interval = point.metrics[key] ?? null;
          return [
            [key, interval?.mean ?? null],
            [`${key}.low`, interval?.low ?? null],
            [`${key}.high`, interval?.high ?? null],
          ];
        }),
      ),
      unserved_runs: point.unserved_runs,
      unmeasured_runs: point.unmeasured_runs,
    })),
  );
}
