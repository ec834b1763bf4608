/**
 * The few numbers that come first, with the text that stands under each. Knows no layout.
 */
import { type Answer, definitions, formatPercent, formatRate, formatSeconds } from '@llmsim/analysis';
import type { PoolReport, SimulationReport } from '@llmsim/engine';

export interface Figure {
  readonly key: string;
  readonly label: string;
  readonly value: number | null;
  readonly text: string;
  readonly detail: string;
  /** Whether the SLO it is held against is met, null without one. */
  readonly met: boolean | null;
}

/** p99 TTFT, goodput (throughput without an SLO), utilisation of the busiest pool. */
export function figuresOf(report: SimulationReport, answer: Answer): readonly Figure[] {
  return [tailFigure(report, answer), rateFigure(report), loadFigure(report)];
}

function tailFigure({ ttft_s, slo }: SimulationReport, answer: Answer): Figure {
  const target_s = slo?.ttft_s ?? null;
  return {
    key: 'ttft_p99_s',
    label: `p99 ${definitions.ttft_s.label}`,
    value: ttft_s.p99,
    text: formatSeconds(ttft_s.p99),
    detail: target_s === null ? 'no SLO' : `SLO ${formatSeconds(target_s)}`,
    met: answer.slo.find((line) => line.slo === 'ttft_s')?.met ?? null,
  };
}

function rateFigure({ slo, throughput_rps }: SimulationReport): Figure {
  const throughput = formatRate(throughput_rps, 'req/s');
  if (slo === null) {
    const { label } = definitions.throughput_rps;
    return {
      key: 'throughput_rps',
      label,
      value: throughput_rps,
      text: throughput,
      detail: 'no SLO',
      met: null,
    };
  }
  return {
    key: 'goodput_rps',
    label: definitions.goodput_rps.label,
    value: slo.goodput_rps,
    text: formatRate(slo.goodput_rps, 'req/s'),
    detail: `throughput ${throughput}`,
    met: null,
  };
}

function loadFigure({ pools }: SimulationReport): Figure {
  const busiest = pools.reduce<PoolReport | null>(
    (most, pool) => (most === null || pool.utilization > most.utilization ? pool : most),
    null,
  );
  const value = busiest?.utilization ?? null;
  const detail =
    busiest === null ? 'no pool' : `${busiest.name} pool${pools.length > 1 ? ', the busiest' : ''}`;
  const { label } = definitions.utilization;
  return { key: 'utilization', label, value, text: formatPercent(value), detail, met: null };
}
