/** What clusters are compared by: a reading that was asked for, or the one that suits the scenario. Knows no runs. */
import { findReading, type NamedReading, readings } from '@llmsim/analysis';
import { nearest, type ScenarioConfig } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';

/** @throws UserError for a key that no report has. */
export function readingOf(key: string | undefined, { slo }: ScenarioConfig): NamedReading {
  const judged = slo?.ttft_s !== undefined || slo?.tpot_s !== undefined;
  const wanted = key ?? (judged ? 'attainment' : 'ttft_s.p99');
  const reading = findReading(wanted);
  if (reading === undefined) {
    const keys = readings.map((known) => known.key);
    const [likely] = nearest(wanted, keys);
    const hint = likely === undefined ? `Write one of ${keys.join(', ')}.` : `Did you mean ${likely}?`;
    throw new UserError(`--metric ${wanted}: reports have no such number. ${hint}`);
  }
  if (!judged && /goodput|attainment/.test(wanted)) {
    throw new UserError(
      `--metric ${wanted} needs an SLO: write --goodput ttft:500 tpot:50, or slo in the file`,
    );
  }
  return reading;
}
