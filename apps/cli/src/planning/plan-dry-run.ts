/** What a plan would search, without searching. Knows no layout of reports. */
import { candidatesOf, formatCount, offeredLoads } from '@llmsim/analysis';
import { inSigns } from '../terminal/signs.ts';
import { wrap } from '../terminal/wrap.ts';
import type { PlanCase } from './plan-question.ts';

export function dryRunText({ question, rule, misfits }: PlanCase): string {
  const { kinds, max_gpus, rate_per_s } = question;
  const lines = kinds.map((kind) => {
    const all = candidatesOf(kind, max_gpus);
    const open = all.filter((candidate) => offeredLoads(candidate, rate_per_s).every((load) => load < 1));
    return `${kind.name}: ${formatCount(all.length)} clusters, ${formatCount(open.length)} can take the load`;
  });
  const total = kinds.reduce((sum, kind) => sum + candidatesOf(kind, max_gpus).length, 0);
  const [first = 0] = rule.looks;
  return [
    ...lines,
    ...misfits.map(({ name, why }) => `${name}: does not fit. ${why}`),
    `${formatCount(total)} clusters in all: a grid of ${formatCount(total * first)} simulations; a search needs a small part`,
  ]
    .flatMap((line) => wrap(inSigns(line), 78).map((part, index) => (index === 0 ? part : `  ${part}`)))
    .map((line) => `${line}\n`)
    .join('');
}
