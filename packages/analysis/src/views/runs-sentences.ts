/** Sentences on several runs of one scenario: how they ended, and whether their warm-up was enough. Knows no layout. */
import type { Outcomes } from '@llmsim/engine';
import type { OptionResult } from '../compare/comparison.ts';
import type { WarmUp } from '../warmup/warm-up.ts';
import { definitions } from './definitions.ts';
import { formatCount, formatPercent, formatSeconds } from './format.ts';

/** `Overloaded in 7 of 10 runs (prefill queue); backlogged in 3.` */
export function verdictSentence({
  verdict: { state, runs, pool },
  unserved_runs,
  unmeasured_runs,
}: Pick<OptionResult, 'verdict' | 'unserved_runs' | 'unmeasured_runs'>): string {
  const all = allOf(runs);
  const whole = all === 2 ? 'in both runs' : `in all ${formatCount(all)} runs`;
  const count = runs[state] === all ? whole : `in ${runs[state]} of ${all} runs`;
  const where = pool === null ? '' : ` (${pool} queue)`;
  const others = (['stable', 'backlogged', 'overloaded'] as const)
    .filter((other) => other !== state && runs[other] > 0)
    .map((other) => `; ${definitions[other].label.toLowerCase()} in ${runs[other]}`);
  const empty = [
    { what: 'no request completed', count: unserved_runs },
    { what: 'nothing was measured', count: unmeasured_runs },
  ]
    .filter(({ count }) => count > 0)
    .map(({ what, count }) => (count === all ? what : `${what} in ${count} of them`));
  const but = empty.length === 0 ? '' : `, but ${empty.join(' and ')}`;
  const how = all === 1 ? 'in the only run' : count;
  return `${definitions[state].label} ${how}${where}${others.join('')}${but}.`;
}

/** Whether no run measured anything: neither its numbers nor its warm-up mean anything then. */
export function isUnmeasured({
  verdict: { runs },
  unmeasured_runs,
}: Pick<OptionResult, 'verdict' | 'unmeasured_runs'>): boolean {
  return unmeasured_runs > 0 && unmeasured_runs === allOf(runs);
}

function allOf({ stable, backlogged, overloaded }: OptionResult['verdict']['runs']): number {
  return stable + backlogged + overloaded;
}

/** Null where every run in which requests completed was measured. */
export function unmeasuredSentence({
  unmeasured_runs,
}: Pick<OptionResult, 'unmeasured_runs'>): string | null {
  if (unmeasured_runs === 0) return null;
  return 'Where nothing was measured, no token fell in the measurement window: lower warmup_seconds, or run longer.';
}

/** Null where nothing is to be said: the warm-up leaves out what MSER-5 would, and that was enough. */
export function warmUpSentence({ warmup_seconds, mser5_s, settled, enough }: WarmUp): string | null {
  const start = `Measured from ${formatSeconds(warmup_seconds)} on`;
  if (!settled && mser5_s > 0 && warmup_seconds === mser5_s) {
    return `${start}, the most that MSER-5 may leave out: it finds no place to start in the first half of the run. A longer run may have one.`;
  }
  if (enough) return null;
  return settled
    ? `${start}, and by MSER-5 the queues settle at ${formatSeconds(mser5_s)}: raise warmup_seconds, or run longer.`
    : `${start}, and by MSER-5 the queues do not settle in the first half of the run: run longer, or it is overloaded.`;
}

/** What was left out, and what MSER-5 would leave out. */
export function warmUpNote({ warmup_seconds, mser5_s, settled, enough }: WarmUp): string {
  if (settled && mser5_s > 0 && warmup_seconds === mser5_s) {
    return `Warm-up: the first ${formatSeconds(warmup_seconds)} are left out, and MSER-5 starts there.`;
  }
  const chance = enough && mser5_s > warmup_seconds ? ', which may be chance' : '';
  const found = settled ? `would start at ${formatSeconds(mser5_s)}${chance}` : 'finds no place to start';
  return `Warm-up: measured from ${formatSeconds(warmup_seconds)} on; MSER-5 ${found}.`;
}

export const SAME_RUNS =
  'Every seed gives the same run, since nothing in it is drawn: ± 0 says nothing of other traffic.';

/** Null where nobody was rejected. */
export function rejectedSentence({ rejected, arrivals }: Outcomes): string | null {
  if (rejected === 0) return null;
  const share = formatPercent(rejected / arrivals);
  return rejected === arrivals
    ? `All ${formatCount(arrivals)} requests were rejected.`
    : `${share} of the requests were rejected; the latencies are those of the others.`;
}

/** Of runs with several seeds that are all the same, as those of a trace often are; null for others. */
export function sameRunsSentence(options: readonly OptionResult[]): string | null {
  // Where nobody was served, all numbers are alike whatever was drawn.
  const readings = options.flatMap(({ readings: all, unserved_runs }) => (unserved_runs === 0 ? all : []));
  const read = readings.filter(
    // What is 0 in every run, as of runs that nobody came to, tells nothing.
    ({ values: [first = null, ...others] }) =>
      first !== null && others.length > 0 && [first, ...others].some((value) => value !== 0),
  );
  const same = read.every(({ values: [first, ...others] }) => others.every((value) => value === first));
  if (read.length === 0 || !same) return null;
  return SAME_RUNS;
}
