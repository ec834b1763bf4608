/**
 * Which of the examined candidates to take. Pure: everything it needs has been examined. Knows no search.
 */
import type { ExaminedCandidate } from './findings.ts';
import { type Candidate, candidateName, covers, gpusOf, pricePerHour } from './space.ts';

/** Those within the size that pass, in the order of `bySize`. */
export function passingOf(examined: readonly ExaminedCandidate[], max_gpus: number): ExaminedCandidate[] {
  return within(examined, max_gpus)
    .filter(({ examined: { passes } }) => passes)
    .sort(bySize);
}

/** The first that is not merely the chosen one with servers added. */
export function runnerUpOf(
  passing: readonly ExaminedCandidate[],
  chosen: Candidate,
): ExaminedCandidate | null {
  const other = passing.find(
    ({ candidate }) => candidate.kind !== chosen.kind || !covers(candidate.servers, chosen.servers),
  );
  return other ?? null;
}

/** The lowest price; among equals the fewest GPUs. Null without prices. */
export function cheapestOf(passing: readonly ExaminedCandidate[]): ExaminedCandidate | null {
  const priced = passing.filter(({ candidate }) => pricePerHour(candidate) !== null);
  const price = ({ candidate }: ExaminedCandidate): number => pricePerHour(candidate) ?? 0;
  return priced.sort((a, b) => price(a) - price(b) || bySize(a, b))[0] ?? null;
}

/** The highest attainment of those that do not pass; among equals the fewest GPUs. */
export function nearestMissOf(
  examined: readonly ExaminedCandidate[],
  max_gpus: number,
): ExaminedCandidate | null {
  const failing = within(examined, max_gpus).filter(({ examined: { passes } }) => !passes);
  return failing.sort((a, b) => attainment(b) - attainment(a) || bySize(a, b))[0] ?? null;
}

function within(examined: readonly ExaminedCandidate[], max_gpus: number): ExaminedCandidate[] {
  return examined.filter(({ candidate }) => gpusOf(candidate) <= max_gpus);
}

/** Fewest GPUs first, then the highest attainment, then by name, so that no order of examination matters. */
function bySize(a: ExaminedCandidate, b: ExaminedCandidate): number {
  return (
    gpusOf(a.candidate) - gpusOf(b.candidate) ||
    attainment(b) - attainment(a) ||
    (candidateName(a.candidate) < candidateName(b.candidate) ? -1 : 1)
  );
}

function attainment({ examined }: ExaminedCandidate): number {
  return examined.evidence.attainment ?? 0;
}
