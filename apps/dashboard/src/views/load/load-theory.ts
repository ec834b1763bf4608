/**
 * What queueing theory says of a scenario against load, as the command line has it, and why it says nothing where it
 * does not. Knows no formula and no page.
 */
import { clusterTheory, formatQuantity, type ResultDocument, type TokenRateTheory } from '@llmsim/analysis';
import { compile, type ScenarioConfig } from '@llmsim/config';

/** Theory of the scenario with another architecture and rate. */
export function theoryAt(
  config: ScenarioConfig,
  mode: ScenarioConfig['mode'],
  rate_per_s: number,
): TokenRateTheory {
  if (config.arrival === undefined || !('rate_per_s' in config.arrival)) return no('its load is not a rate');
  const compiled = compile({ ...config, mode, arrival: { ...config.arrival, rate_per_s } });
  if (!compiled.ok) return no('the scenario does not run so');
  const cluster = mode === 'mono' ? config.cluster_mono : config.cluster_disagg;
  return clusterTheory(compiled.plan.workload, cluster);
}

/** The document with a sentence below the mean TTFT for each architecture that theory does not cover at all `rates`. */
export function withReasons(
  document: ResultDocument,
  config: ScenarioConfig,
  rates: readonly number[],
): ResultDocument {
  const sentences = (['mono', 'disagg'] as const).flatMap((mode) => {
    const theories = rates.map((rate) => theoryAt(config, mode, rate));
    const ends = theories.findIndex(({ applies }) => !applies);
    const theory = theories[ends];
    if (theory?.applies !== false) return [];
    const where = ends === 0 ? '' : ` at ${formatQuantity(rates[ends] ?? 0, 'req/s')} and above`;
    return [`${mode}: theory does not apply${where}: ${theory.reason}.`];
  });
  const charts = document.charts.map((chart) =>
    chart.id === 'sweep_ttft_s_mean' ? { ...chart, notes: [...(chart.notes ?? []), ...sentences] } : chart,
  );
  return { ...document, charts };
}

function no(reason: string): TokenRateTheory {
  return { applies: false, reason };
}
