/**
 * SLOs that no cluster could ever meet, said before any search. Knows no search.
 */
import { formatSeconds, type UnloadedKinds } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';

type Slo = NonNullable<ScenarioConfig['slo']>;

/** A sentence when at no load not one request is served, or meets an SLO, whatever the kind; null otherwise. */
export function contradiction(unloaded: UnloadedKinds, { ttft_s, tpot_s }: Slo): string | null {
  const kinds = [...unloaded.values()].map(({ evidence }) => evidence);
  if (kinds.length === 0) return null;
  if (kinds.every(({ ttft_min_s }) => ttft_min_s === null)) {
    return 'No request gets a first token, even alone on a cluster: each needs more KV blocks than a replica has, or the run ends before. Raise num_gpu_blocks or sim_seconds, or shorten prompts.';
  }
  if (tpot_s !== undefined && kinds.every(({ tpot_attainment }) => tpot_attainment === 0)) {
    const best = Math.min(...kinds.map(({ tpot_min_s }) => tpot_min_s ?? Number.NaN));
    return `tpot:${milliseconds(tpot_s)} can never be met: alone on a cluster the fastest request takes ${formatSeconds(best)} for each token, a decode step. Raise it, or take faster hardware.`;
  }
  if (ttft_s !== undefined && kinds.every(({ ttft_attainment }) => ttft_attainment === 0)) {
    const best = Math.min(...kinds.map(({ ttft_min_s }) => ttft_min_s ?? Number.NaN));
    return `ttft:${milliseconds(ttft_s)} can never be met: alone on a cluster the fastest request takes ${formatSeconds(best)} to its first token, its prefill and a decode step. Raise it, or take faster hardware.`;
  }
  return null;
}

function milliseconds(seconds: number): number {
  return Number((seconds * 1000).toPrecision(12));
}
