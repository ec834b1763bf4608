/**
 * A plan as sentences, chart and tables, for any medium. Knows no medium.
 */

import type { ExaminedCandidate } from '../planning/findings.ts';
import type { PlanOption, PlanReport } from '../planning/plan-report.ts';
import { formatCount, formatPercent, formatRate } from './format.ts';
import { planChart } from './plan-chart.ts';
import { causeOf, cutOff, describeCandidate, formatError } from './plan-names.ts';
import { planCandidates, planChoices, planRejections } from './plan-tables.ts';
import type { AnswerLine, Origin, ResultDocument } from './result-document.ts';

/**
 * The document of a plan.
 *
 * @param misfits - sentences on kinds that could not be built at all
 */
export function planDocument(
  report: PlanReport,
  { origin, misfits = [] }: { readonly origin: readonly Origin[]; readonly misfits?: readonly string[] },
): ResultDocument {
  const { smallest, examined } = report;
  return {
    kind: 'plan',
    title: `Capacity for ${formatRate(report.rate_per_s, 'req/s')}`,
    answer: [
      ...(smallest === null ? infeasible(report) : feasible(report, smallest)),
      ...unfit(report, misfits).map((text) => ({ text })),
      ...cutOff((report.smallest ?? report.nearest_miss)?.examined.evidence).map((text) => ({ text })),
      { text: savings(report) },
      ...(report.finished
        ? []
        : [{ text: 'Stopped before the end: this covers only what had been examined.' }]),
    ],
    charts: examined.length > 0 ? [planChart(report)] : [],
    tables: [
      ...(smallest === null ? [] : [planChoices(report)]),
      planCandidates(report),
      planRejections(report),
    ].filter(({ rows }) => rows.length > 0),
    origin,
  };
}

function feasible(report: PlanReport, smallest: PlanOption): AnswerLine[] {
  const { decision } = smallest.examined;
  const share = `Of the requests ${formatPercent(decision.mean)} meet the SLOs`;
  const sure = decision.error === null ? 'the same in every run' : `error ${formatError(decision.error)}`;
  const asked = `${formatPercent(report.attain)} asked, ${sure}`;
  return [
    { text: `Take ${describeCandidate(smallest.candidate)}. ${share} (${asked}).`, met: true },
    ...headroom(report, smallest).map((text) => ({ text })),
    ...other('Runner-up', report.runner_up, smallest),
    ...other('Best per GPU', report.best_per_gpu, smallest),
    ...other('Cheapest', report.cheapest, smallest),
  ];
}

function headroom({ rate_per_s }: PlanReport, { headroom: found }: PlanOption): string[] {
  if (found === null) return [];
  const share = found.passes_at_per_s / rate_per_s - 1;
  const more = share < 0.0005 ? 'nothing to spare' : `${formatPercent(share)} more`;
  const [low, high] = [found.passes_at_per_s, found.fails_at_per_s].map((rate) => formatRate(rate, 'req/s'));
  const then = found.fails_decided ? ` and no longer at ${high}` : `; at ${high} the runs do not tell`;
  return [`Headroom: it passes up to ${low} (${more})${then}.`];
}

function other(name: string, option: PlanOption | null, smallest: PlanOption): AnswerLine[] {
  if (option === null) return [];
  if (option.candidate === smallest.candidate) return [{ text: `${name}: the same.` }];
  const price = option.price_per_hour === null ? '' : `, ${option.price_per_hour.toFixed(2)} per hour`;
  const upTo =
    option.headroom === null ? '' : `, up to ${formatRate(option.headroom.passes_at_per_s, 'req/s')}`;
  return [{ text: `${name}: ${describeCandidate(option.candidate)}${upTo}${price}.` }];
}

function infeasible(report: PlanReport): AnswerLine[] {
  const within = `up to ${formatCount(report.max_gpus)} GPUs`;
  if (!report.finished && report.examined.length === 0) return [{ text: 'No cluster was examined.' }];
  if (!report.finished) return [{ text: `Nothing that was examined ${within} passes.`, met: false }];
  return [
    { text: `No cluster of ${within} passes at ${formatRate(report.rate_per_s, 'req/s')}.`, met: false },
    ...(report.nearest_miss === null ? [] : [{ text: miss(report.nearest_miss, report.attain) }]),
    ...report.kinds.flatMap(({ kind, unloaded }) => {
      if (unloaded === null || unloaded.passes || unloaded.reason === null) return [];
      const share = formatPercent(unloaded.decision.mean);
      const text = `${kind.name}: even at no load only ${share} of the requests meet the SLOs: ${causeOf(unloaded.reason, unloaded.evidence)}.`;
      return [{ text }];
    }),
  ];
}

function miss({ candidate, examined }: ExaminedCandidate, attain: number): string {
  const { decision, evidence, reason } = examined;
  const unsure = decision.state === 'open' ? ', unsure' : '';
  const share = `${formatPercent(decision.mean)} meet the SLOs (${formatPercent(attain)} asked${unsure})`;
  // As many as were asked may meet them in a run of this length, and the cluster fail all the same.
  const join = decision.mean < attain ? ':' : ', but';
  const cause = reason === null ? '' : `${join} ${causeOf(reason, evidence)}`;
  return `Nearest miss: ${describeCandidate(candidate)}. Of the requests ${share}${cause}.`;
}

function unfit({ kinds, max_gpus }: PlanReport, misfits: readonly string[]): string[] {
  const large = kinds
    .filter(({ fits }) => !fits)
    .map(
      ({ kind }) => `${kind.name} does not fit: one server of each pool needs more than ${max_gpus} GPUs.`,
    );
  return [...misfits, ...large];
}

function savings({
  finished,
  runs,
  headroom_runs,
  grid_runs,
  candidates,
  decision_error,
}: PlanReport): string {
  const searched = runs - headroom_runs;
  // A search that was stopped saved nothing.
  const saved = finished && grid_runs > searched ? ` instead of ${formatCount(grid_runs)} for the grid` : '';
  const grid = `${formatCount(searched)} simulations${saved} of ${formatCount(candidates.length)} clusters`;
  const more = headroom_runs > 0 ? `, ${formatCount(headroom_runs)} more for the headroom` : '';
  return `${grid}${more}; each decision allows an error of ${formatPercent(decision_error)}.`;
}
