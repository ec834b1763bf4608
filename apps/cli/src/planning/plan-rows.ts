/**
 * A plan for files: everything as JSON, one row for each candidate as CSV. Knows no layout.
 */
import {
  type Candidate,
  type CandidateStanding,
  candidateName,
  type ExaminedCandidate,
  gpusOf,
  offeredLoads,
  type PlanOption,
  type PlanReport,
  pricePerHour,
} from '@llmsim/analysis';
import type { Written } from '../outputs/document-outputs.ts';

type Row = Written['rows'][number];

/** What a candidate is: its kind and the servers of each pool. */
function named(candidate: Candidate): Row {
  const { kind, servers } = candidate;
  return {
    candidate: candidateName(candidate),
    kind: kind.name,
    mode: kind.mode,
    ...Object.fromEntries(kind.pools.map(({ pool }, index) => [`servers_${pool}`, servers[index] ?? null])),
    gpus: gpusOf(candidate),
    price_per_hour: pricePerHour(candidate),
  };
}

function simulated({ examined: { passes, reason, decision, evidence, runs } }: ExaminedCandidate): Row {
  const { pools, runs: _, ...numbers } = evidence;
  return {
    passes,
    reason,
    decided: decision.state !== 'open',
    error: decision.error,
    ...numbers,
    attainment_low: decision.low,
    attainment_high: decision.high,
    ...Object.fromEntries(
      pools.flatMap(({ pool, ...measured }) =>
        Object.entries(measured).map(([name, value]) => [`${name}_${pool}`, value]),
      ),
    ),
    runs,
  };
}

export function planJson({ kinds, examined, candidates, ...report }: PlanReport): object {
  return {
    ...report,
    smallest: optionJson(report.smallest),
    runner_up: optionJson(report.runner_up),
    best_per_gpu: optionJson(report.best_per_gpu),
    cheapest: optionJson(report.cheapest),
    nearest_miss: report.nearest_miss === null ? null : candidateJson(report.nearest_miss),
    kinds: kinds.map(({ kind, fits, unloaded }) => ({
      ...kind,
      fits,
      unloaded: unloaded === null ? null : { ...unloaded },
    })),
    examined: examined.map(candidateJson),
    candidates: candidates.map((standing) => standingJson(standing, report.rate_per_s)),
  };
}

function candidateJson(found: ExaminedCandidate): object {
  return { ...named(found.candidate), ...found.examined };
}

function optionJson(option: PlanOption | null): object | null {
  if (option === null) return null;
  const { headroom, rate_per_gpu } = option;
  return { ...candidateJson(option), headroom, rate_per_gpu };
}

function standingJson({ candidate, standing }: CandidateStanding, rate_per_s: number): object {
  return {
    ...named(candidate),
    offered_load: Math.max(...offeredLoads(candidate, rate_per_s)),
    passes: standing?.passes ?? null,
    reason: standing?.reason ?? null,
    known: standing?.how ?? null,
    follows_from: standing?.how === 'implied' ? candidateName(standing.by) : null,
  };
}

/** Every candidate within the size; the numbers of runs where it was simulated. All rows have the same columns. */
export function planRows({ candidates, examined, rate_per_s }: PlanReport): Row[] {
  const runs = new Map(examined.map((found) => [candidateName(found.candidate), simulated(found)]));
  const rows = candidates.map(
    ({ candidate, standing }): Row => ({
      ...named(candidate),
      known: standing?.how ?? null,
      passes: standing?.passes ?? null,
      reason: standing?.reason ?? null,
      offered_load: Math.max(...offeredLoads(candidate, rate_per_s)),
      follows_from: standing?.how === 'implied' ? candidateName(standing.by) : null,
      ...runs.get(candidateName(candidate)),
    }),
  );
  const columns = new Set(rows.flatMap((row) => Object.keys(row)));
  const empty: Row = Object.fromEntries([...columns].map((column) => [column, null]));
  return rows.map((row) => ({ ...empty, ...row }));
}
