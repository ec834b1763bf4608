/** Where the time to first token went, option by option, as stacked bars. Knows no medium. */
import type { OptionResult } from '../compare/comparison.ts';
import { ttftPartReadings } from '../readings.ts';
import type { BarChartSpec, ChartBar } from './chart-spec.ts';
import { readingOf } from './compare-tables.ts';
import { definitions } from './definitions.ts';
import { stageNames } from './request-stages.ts';

/** Null when no option has a first token. */
export function ttftPartsChart(options: readonly OptionResult[]): BarChartSpec | null {
  const bars = options.flatMap((option) => {
    let from = 0;
    return ttftPartReadings.flatMap(({ key, label }): ChartBar[] => {
      const mean = meanOf(option, key);
      if (mean === 0) return [];
      const bar = { label: option.name, from, to: from + mean, series: label };
      from += mean;
      return [bar];
    });
  });
  if (bars.length === 0) return null;
  return {
    kind: 'bars',
    id: 'ttft_stages',
    title: 'Where the mean TTFT went',
    value: {
      label: 'mean TTFT',
      unit: 's',
      scale: 'linear',
      definition: `${definitions.ttft_s.definition} Each bar is a part of it, averaged over all runs.`,
    },
    bars,
    series: stageNames,
    notes: [],
  };
}

function meanOf(option: OptionResult, key: string): number {
  const values = readingOf(option, key)?.values.filter((value) => value !== null) ?? [];
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}
