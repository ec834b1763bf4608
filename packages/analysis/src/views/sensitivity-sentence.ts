/** What to fix first, in a sentence. Knows no layout. */

import type { MeanInterval } from '../interval/mean-interval.ts';
import type { PairedDifference } from '../interval/paired-difference.ts';
import type { NamedReading } from '../readings.ts';
import type { OneAtATime, Swing } from '../sensitivity/one-at-a-time.ts';
import { NO_VALUE, signed } from './format.ts';
import { formatDifference, formatInterval } from './interval-text.ts';
import type { AnswerLine } from './result-document.ts';

interface Step {
  readonly swing: Swing;
  readonly to: number;
  readonly effect: PairedDifference;
}

/**
 * The end of a range that makes the reading best, of what is seen and can be fixed; and what moves it most, if that is
 * another key.
 */
export function fixFirst(
  { swings }: OneAtATime,
  { label, unit, better }: NamedReading,
  fixable: (key: string) => boolean = () => true,
): string[] {
  // Interrupted too early, or with no number to look at.
  if (swings.every(({ low_effect, high_effect }) => low_effect === null && high_effect === null)) return [];
  const gain = ({ effect }: Step): number => (better === 'lower' ? -1 : 1) * effect.interval.mean;
  const [best] = swings
    .filter(({ key }) => fixable(key))
    .flatMap(stepsOf)
    .filter((step) => step.effect.seen && gain(step) > 0)
    .sort((a, b) => gain(b) - gain(a));
  const [most] = swings.filter(({ low_effect, high_effect }) => low_effect?.seen || high_effect?.seen);
  const moves =
    most === undefined || most.key === best?.swing.key
      ? []
      : [
          `What moves ${label} most is ${most.key}, from ${plain(most.low)} to ${plain(most.high)}${elasticityOf(most)}.`,
        ];
  if (best === undefined) return [`Nothing in these ranges is seen to make ${label} better.`, ...moves];
  const { swing, to, effect } = best;
  const amount = formatDifference({ ...effect.interval, mean: Math.abs(effect.interval.mean) }, unit);
  const direction = effect.interval.mean > 0 ? 'raises' : 'lowers';
  return [
    `What to fix first: ${swing.key} from ${plain(swing.base)} to ${plain(to)} ${direction} ${label} by ${amount}${elasticityOf(swing)}.`,
    ...moves,
  ];
}

function elasticityOf({ elasticity }: Swing): string {
  return elasticity === null
    ? ''
    : ` (elasticity ${signed(elasticity.mean, (magnitude) => magnitude.toFixed(2))})`;
}

function stepsOf(swing: Swing): Step[] {
  const { low, high, low_effect, high_effect } = swing;
  return [
    ...(low_effect === null ? [] : [{ swing, to: low, effect: low_effect }]),
    ...(high_effect === null ? [] : [{ swing, to: high, effect: high_effect }]),
  ];
}

/** Of an elasticity, what rounding alone leaves. */
const DUST = 1e-9;

export function formatElasticity(elasticity: MeanInterval | null): string {
  if (elasticity === null) return NO_VALUE;
  const { mean, half_width } = elasticity;
  const nothing = Math.abs(mean) < DUST && half_width < DUST;
  return formatInterval(nothing ? { mean: 0, half_width: 0 } : elasticity, 'requests');
}

/**
 * That the order of keys may be another, where the interval of the first overlaps others; no line where it does not.
 *
 * @param ranked - the largest estimate first
 */
export function unsureOrder(ranked: readonly Ranked[]): AnswerLine[] {
  const [first, ...others] = ranked;
  const close = others.filter(({ high }) => first !== undefined && high >= first.low).map(({ key }) => key);
  if (close.length === 0) return [];
  const few = `${close.length === 1 ? 'that' : 'those'} of ${close.join(' and ')}`;
  const which = close.length <= 2 ? few : `those of ${close.length} others`;
  return [{ text: `Its interval overlaps ${which}: more --replications may put another first.` }];
}

interface Ranked {
  readonly key: string;
  readonly low: number;
  readonly high: number;
}

/** A value of a key, without the dust of binary fractions. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}
