/** What to fix first, in a sentence. Knows no layout. */

import type { PairedDifference } from '../interval/paired-difference.ts';
import type { NamedReading } from '../readings.ts';
import type { OneAtATime, Swing } from '../sensitivity/one-at-a-time.ts';
import { signed } from './format.ts';
import { formatDifference } from './interval-text.ts';

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

/** A value of a key, without the dust of binary fractions. */
export function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}
