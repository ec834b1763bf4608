/** A plan as a chart: attainment against GPUs, one curve a kind. Knows no drawing. */
import type { PlanReport } from '../planning/plan-report.ts';
import { gpusOf } from '../planning/space.ts';
import type { ChartSeries, ChartSpec } from './chart-spec.ts';
import { definitions } from './definitions.ts';
import { formatPercent } from './format.ts';

/** The best attainment of each size that was simulated, with the bounds of its decision and the share asked for. */
export function planChart(report: PlanReport): ChartSpec {
  return {
    id: 'plan_attainment',
    title: 'Attainment by size',
    x: { label: 'GPUs', unit: 'GPUs', scale: 'linear', definition: 'GPUs of all pools.' },
    y: {
      label: definitions.attainment.label,
      unit: 'share',
      scale: 'linear',
      definition: definitions.attainment.definition,
    },
    series: report.kinds
      .map(({ kind }) => seriesOf(report, kind.name))
      .filter(({ points }) => points.length > 0),
    lines: [{ label: `asked ${formatPercent(report.attain)}`, y: report.attain }],
    notes: ['Of several splits of one size the best one that was simulated.'],
  };
}

function seriesOf({ examined, max_gpus }: PlanReport, name: string): ChartSeries {
  const bySize = new Map<number, (typeof examined)[number]['examined']>();
  for (const { candidate, examined: found } of examined) {
    const gpus = gpusOf(candidate);
    if (candidate.kind.name !== name || gpus > max_gpus) continue;
    const before = bySize.get(gpus);
    if (before === undefined || found.decision.mean > before.decision.mean) bySize.set(gpus, found);
  }
  const sizes = [...bySize].sort(([a], [b]) => a - b);
  return {
    name,
    kind: 'line',
    points: sizes.map(([gpus, { decision }]) => [gpus, decision.mean]),
    band: sizes.map(([gpus, { decision }]) => [gpus, decision.low, decision.high]),
    hollow: sizes.map(([, { reason }]) => reason === 'overloaded'),
  };
}
