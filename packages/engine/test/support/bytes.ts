/** A result as text that is equal only when every bit of it is. */
import type { SimulationResult } from '../../src/index.ts';

/** Report, samples and log; NaN (what did not happen) as null, numbers with all their digits. */
export function bytesOf({ report, ttft_s, requests }: SimulationResult): string {
  const columns =
    requests === null
      ? null
      : Object.entries(requests).map(([name, column]) => [
          name,
          typeof column === 'number' ? column : [...column],
        ]);
  return JSON.stringify({ report, ttft_s: ttft_s === null ? null : [...ttft_s], columns });
}
