/** Which numbers to show: those asked for by key, or the headlines. Knows no runs. */
import { findReading, headlineReadings, type NamedReading, readings } from '@llmsim/analysis';
import { nearest } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';

/** @throws UserError for a key that no report has. */
export function metric(key: string): NamedReading {
  const found = findReading(key);
  if (found !== undefined) return found;
  const keys = readings.map((reading) => reading.key);
  const [likely] = nearest(key, keys);
  const usual = headlineReadings.map((reading) => reading.key).join(', ');
  const hint = likely === undefined ? `Usual ones are ${usual}.` : `Did you mean ${likely}?`;
  throw new UserError(`--metric ${key}: reports have no such number. ${hint}`);
}

/** The headlines, and after them what else is asked for. @throws UserError for a key that no report has. */
export function metricsOf(keys: readonly string[] = []): NamedReading[] {
  const more = keys.map(metric).filter(({ key }) => headlineReadings.every((known) => known.key !== key));
  return [...headlineReadings, ...more];
}
