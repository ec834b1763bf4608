/**
 * The answer before any table: does it hold, are the SLOs met, how slow is the tail, what is the busiest pool.
 * Knows no colours and no medium.
 */
import type { SimulationReport, SloReport, Summary, Verdict } from '@llmsim/engine';
import { warmUpOfRun } from '../warmup/warm-up.ts';
import { bindingSentence } from './binding.ts';
import { definitions } from './definitions.ts';
import { formatCount, formatPercent, formatRate, formatSeconds } from './format.ts';
import { nothingMeasured } from './nothing-measured.ts';
import { nothingServed } from './nothing-served.ts';
import { warmUpNote, warmUpSentence } from './runs-sentences.ts';

/** An SLO counts as met when at least this share of the requests meets it. */
export const REQUIRED_ATTAINMENT = 0.99;

export interface SloLine {
  /** Which SLO; `all` joins them. */
  readonly slo: 'ttft_s' | 'tpot_s' | 'all';
  /** The longest acceptable time, seconds; null for `all`. */
  readonly target_s: number | null;
  /** Share of requests that met it, null when there were none. */
  readonly attainment: number | null;
  /** Whether the attainment reaches `REQUIRED_ATTAINMENT`, null when there were no requests. */
  readonly met: boolean | null;
  /** One sentence. */
  readonly text: string;
}

export interface Answer {
  readonly state: Verdict['state'];
  /** Whether any request completed: a queue is stable, too, when nobody is let in. */
  readonly served: boolean;
  /** Whether a token fell in the measurement window: without one there is no latency to judge by. */
  readonly measured: boolean;
  /** One sentence: the verdict and its reason. */
  readonly verdict: string;
  /** One line for each SLO, and one for all when there are two. */
  readonly slo: readonly SloLine[];
  /** One sentence on the SLO that is missed most and why; null where all are met. */
  readonly binds: string | null;
  /** One sentence on p99 TTFT. */
  readonly tail: string;
  /** One sentence on what is busiest. */
  readonly load: string;
  /** One sentence on what was left out at the start; null where `notes` warn of it, or nothing can be said. */
  readonly warm_up: string | null;
  /** What a reader of the numbers must know, as sentences. */
  readonly notes: readonly string[];
}

/**
 * The answer of a report.
 *
 * @example
 * answer(simulate(plan).report).tail; // 'p99 TTFT is 1.23 s (mean 210 ms, 1,080 requests).'
 */
export function answer(report: SimulationReport): Answer {
  const { verdict, finished, end_s } = report;
  const slo = report.slo === null ? [] : sloLines(report, report.slo);
  // A queue that grows all along has no start to leave out, and the verdict says so.
  const warm = verdict.state === 'overloaded' ? null : warmUpOfRun(report);
  const late = warm === null ? null : warmUpSentence(warm);
  const unserved = nothingServed(report);
  const unmeasured = nothingMeasured(report);
  const nothing = unserved ?? unmeasured;
  const { label } = definitions[verdict.state];
  return {
    state: verdict.state,
    served: unserved === null,
    measured: unmeasured === null,
    verdict:
      nothing !== null && verdict.state === 'stable'
        ? `${label}, but ${nothing}.`
        : `${label}: ${verdict.reason}.`,
    slo,
    binds:
      report.slo !== null && slo.some(({ met }) => met === false)
        ? bindingSentence(report, report.slo)
        : null,
    tail: tailSentence(report),
    load: loadSentence(report),
    warm_up: warm === null || late !== null ? null : warmUpNote(warm),
    notes: [
      ...(late === null ? [] : [late]),
      ...(nothing === null || verdict.state === 'stable' ? [] : [sentenceOf(nothing)]),
      ...rejectedSentences(report),
      ...(finished
        ? []
        : [`The run was stopped at ${formatSeconds(end_s)}: every number covers only what came before.`]),
    ],
  };
}

function sentenceOf(clause: string): string {
  return `${clause.charAt(0).toUpperCase()}${clause.slice(1)}.`;
}

function rejectedSentences({ outcomes: { rejected, arrivals }, pools }: SimulationReport): string[] {
  // Where all were, the verdict says so.
  if (rejected === 0 || rejected === arrivals) return [];
  const neverFit = pools.reduce((sum, { batching }) => sum + (batching?.rejected ?? 0), 0);
  const why = neverFit === rejected ? ': no replica can ever hold so many tokens' : '';
  return [
    `${formatCount(rejected)} of ${requests(arrivals)} ${rejected === 1 ? 'was' : 'were'} rejected${why}.`,
  ];
}

function tailSentence({ ttft_s, slo }: SimulationReport): string {
  if (ttft_s.count === 0) return 'p99 TTFT is –: no first token fell in the measurement window.';
  const target_s = slo?.ttft_s ?? null;
  const against = target_s === null ? '' : ` against a target of ${formatSeconds(target_s)}`;
  const sample = `mean ${formatSeconds(ttft_s.mean)}, ${requests(ttft_s.count)}`;
  return `p99 TTFT is ${formatSeconds(ttft_s.p99)}${against} (${sample}).`;
}

function loadSentence({ pools }: SimulationReport): string {
  const [first, ...others] = pools;
  if (first === undefined) return 'There are no pools.';
  const busiest = others.reduce((most, pool) => (pool.utilization > most.utilization ? pool : most), first);
  const percent = formatPercent(busiest.utilization);
  return others.length === 0
    ? `The ${first.name} pool is ${percent} utilised.`
    : `The ${busiest.name} pool is the busiest, ${percent} utilised.`;
}

function sloLines(report: SimulationReport, slo: SloReport): SloLine[] {
  const lines: SloLine[] = [];
  const judged = requests(slo.judged);
  if (slo.ttft_s !== null) {
    lines.push(latencyLine('ttft_s', slo.ttft_s, slo.ttft_attainment, judged, report.ttft_s));
  }
  if (slo.tpot_s !== null) {
    lines.push(
      latencyLine('tpot_s', slo.tpot_s, slo.tpot_attainment, 'the requests that have one', report.tpot_s),
    );
  }
  if (lines.length > 1) {
    const goodput = formatRate(slo.goodput_rps, 'req/s');
    const result = `met by ${formatPercent(slo.attainment)} of ${judged}; goodput is ${goodput}.`;
    lines.push(sloLine('all', null, slo.attainment, 'Both SLOs', result));
  }
  return lines;
}

function latencyLine(
  slo: 'ttft_s' | 'tpot_s',
  target_s: number,
  attainment: number | null,
  judged: string,
  latency: Summary,
): SloLine {
  const rule = `${definitions[slo].label} ≤ ${formatSeconds(target_s)}`;
  const result = `met by ${formatPercent(attainment)} of ${judged}; p99 is ${formatSeconds(latency.p99)}.`;
  return sloLine(slo, target_s, attainment, rule, result);
}

function sloLine(
  slo: SloLine['slo'],
  target_s: number | null,
  attainment: number | null,
  rule: string,
  result: string,
): SloLine {
  const nobody = 'no request to judge arrived in the measurement window.';
  return {
    slo,
    target_s,
    attainment,
    met: attainment === null ? null : attainment >= REQUIRED_ATTAINMENT,
    text: `${rule}: ${attainment === null ? nobody : result}`,
  };
}

function requests(count: number): string {
  return `${formatCount(count)} ${count === 1 ? 'request' : 'requests'}`;
}
