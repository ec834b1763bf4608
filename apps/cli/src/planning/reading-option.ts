/** What clusters are compared by: a reading that was asked for, or the one that suits the scenario. Knows no runs. */
import type { NamedReading } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { metric } from '../compare/metrics.ts';
import { UserError } from '../exit-codes.ts';

/** @throws UserError for a key that no report has, or that needs SLOs which the scenario lacks. */
export function readingOf(key: string | undefined, { slo }: ScenarioConfig): NamedReading {
  const judged = slo?.ttft_s !== undefined || slo?.tpot_s !== undefined;
  const reading = metric(key ?? (judged ? 'attainment' : 'ttft_s.p99'));
  if (!judged && /goodput|attainment/.test(reading.key)) {
    throw new UserError(
      `--metric ${reading.key} needs an SLO: write --goodput ttft:500 tpot:50, or slo in the file`,
    );
  }
  return reading;
}
