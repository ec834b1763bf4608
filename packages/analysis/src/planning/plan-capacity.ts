/**
 * The capacity plan: searches every kind of cluster, then measures what the best still take. Knows no configuration
 * and no layout.
 */
import { cheapestOf, passingOf, runnerUpOf } from './choose.ts';
import { type Examination, examine } from './examine.ts';
import { type ExaminedCandidate, Findings } from './findings.ts';
import { type Headroom, headroomOf } from './headroom.ts';
import { planReportOf } from './plan-answer.ts';
import type { PlanReport } from './plan-report.ts';
import type { PlanQuestion, UnloadedKinds } from './question.ts';
import { counted } from './run-count.ts';
import { searchKind } from './search-kind.ts';
import { type Candidate, type ClusterKind, candidateName, fits, leastServers } from './space.ts';

export interface PlanExamination<Cell> extends Examination<Cell> {
  /** Told the name of each candidate before its runs. */
  readonly onCandidate?: (name: string) => void;
}

/**
 * Searches every kind for its smallest clusters that pass and for the next ones, then the load they still take. All
 * candidates get the same seeds, so that they differ by their servers alone.
 *
 * Once the signal aborts, the report covers what has been examined, and `finished` is false.
 *
 * @param unloaded - of `examineUnloaded`: kinds that fail at no load are not searched
 * @throws what a run threw.
 */
export async function planCapacity<Cell>(
  question: PlanQuestion<Cell>,
  examination: PlanExamination<Cell>,
  unloaded: UnloadedKinds,
): Promise<PlanReport> {
  const { rate_per_s, cellOf } = question;
  const counting = counted(examination);
  const findings = new Findings(rate_per_s, (candidate) => {
    examination.onCandidate?.(candidateName(candidate));
    return examine((seed) => cellOf(candidate, rate_per_s, seed), counting);
  });
  const headrooms = new Map<string, Headroom>();
  let finished = true;
  let headroom_runs = 0;
  try {
    for (const kind of question.kinds) await searchOne(kind, question, findings, unloaded);
    const searched = counting.runs();
    for (const { candidate } of finalists(findings.examined, question)) {
      examination.onCandidate?.(`headroom of ${candidateName(candidate)}`);
      headrooms.set(candidateName(candidate), await headroomOf(candidate, question, counting));
    }
    headroom_runs = counting.runs() - searched;
  } catch (error) {
    if (examination.signal?.aborted !== true) throw error;
    finished = false;
  }
  return planReportOf(question, examination.rule, {
    findings,
    unloaded,
    headrooms,
    finished,
    runs: counting.runs() + [...unloaded.values()].reduce((sum, { runs }) => sum + runs, 0),
    headroom_runs,
  });
}

async function searchOne<Cell>(
  kind: ClusterKind,
  { rate_per_s, max_gpus }: PlanQuestion<Cell>,
  findings: Findings,
  unloaded: UnloadedKinds,
): Promise<void> {
  if (!fits(kind, max_gpus)) return;
  const least = leastServers(kind, rate_per_s);
  const search = { findings, kind, least, max_gpus };
  const found = unloaded.get(kind.name)?.passes === false ? false : await searchKind(search);
  const largest = found ? null : balanced(kind, least, max_gpus);
  // So that there is a nearest miss.
  if (largest !== null) await findings.examine(largest);
}

/** Those whose headroom is worth knowing: the smallest of each kind, the runner-up and the cheapest. */
function finalists<Cell>(
  examined: readonly ExaminedCandidate[],
  { kinds, max_gpus }: PlanQuestion<Cell>,
): ExaminedCandidate[] {
  const passing = passingOf(examined, max_gpus);
  const [smallest] = passing;
  if (smallest === undefined) return [];
  const chosen = [
    ...kinds.map((kind) => passing.find(({ candidate }) => candidate.kind === kind)),
    runnerUpOf(passing, smallest.candidate),
    cheapestOf(passing),
  ];
  return [...new Set(chosen.filter((option) => option !== undefined && option !== null))];
}

/** As many GPUs as there are, shared between the pools as the load is. */
function balanced(kind: ClusterKind, least: readonly number[], max_gpus: number): Candidate | null {
  const [first, second] = kind.pools;
  if (first === undefined) return null;
  if (second === undefined) return { kind, servers: [Math.floor(max_gpus / first.gpus)] };
  const [x = 1, y = 1] = least;
  const share = (x * first.gpus) / (x * first.gpus + y * second.gpus);
  const most = Math.floor((max_gpus - second.gpus) / first.gpus);
  const servers = Math.min(most, Math.max(1, Math.round((share * max_gpus) / first.gpus)));
  return { kind, servers: [servers, Math.floor((max_gpus - servers * first.gpus) / second.gpus)] };
}
