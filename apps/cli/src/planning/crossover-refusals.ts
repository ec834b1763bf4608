/** What may not be asked of a crossover, which gives both clusters as many GPUs. Knows no runs. */
import type { NamedReading } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import type { Axis } from '../vary/axes.ts';
import { readingOf } from './reading-option.ts';

/** What a crossover sets itself at every point. */
const OWN: ReadonlyArray<readonly [keys: RegExp, rule: string]> = [
  [/^mode$/, 'both modes run at every point. Leave it out.'],
  [
    /^cluster_(mono|disagg)\.((prefill_|decode_)?replicas|(num|prefill|decode)_gpus)$/,
    'both clusters get the GPUs of --gpus, disagg in its best split. Write --gpus.',
  ],
];

/** @throws UserError for a key that would move nothing. */
export function refuseSized(axes: readonly Axis[]): void {
  for (const { flag, path } of axes.flatMap(({ variations }) => variations)) {
    const [, rule] = OWN.find(([keys]) => keys.test(path)) ?? [];
    if (rule !== undefined) throw new UserError(`${flag}: ${rule}`);
  }
}

/** @throws UserError for a number of one pool: the two clusters have none in common. */
export function sharedReading(key: string | undefined, config: ScenarioConfig): NamedReading {
  const reading = readingOf(key, config);
  if (!reading.key.startsWith('pools.')) return reading;
  throw new UserError(
    `--metric ${reading.key}: mono and disagg have no pool in common. Write a number that both have, such as utilization.`,
  );
}
