/** Keys of `--vary` that would move no run, told before anything runs. Knows no values. */
import type { ScenarioConfig } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';
import type { Axis, Variation } from './axes.ts';

/** What runs at a point, or for an option. */
export interface Running {
  readonly config: Pick<ScenarioConfig, 'mode'>;
  /** What was done to have its cluster: it may be made of the machines of the other one. Null for nothing. */
  readonly note: string | null;
}

/**
 * @param running - all that the axes lead to
 * @throws UserError for a key of a cluster that runs nowhere, nor gives its machines to the one that does.
 */
export function refuseIdleClusters(axes: readonly Axis[], running: readonly Running[]): void {
  for (const { flag, path } of variationsOf(axes)) {
    const [cluster, mode] = /^cluster_(mono|disagg)\b/.exec(path) ?? [];
    if (mode === undefined || running.some(({ config, note }) => config.mode === mode || note !== null))
      continue;
    const other = mode === 'mono' ? 'disagg' : 'mono';
    throw new UserError(
      `${flag}: every point runs ${other}, which does not use ${cluster}. Vary cluster_${other}, or add --vary mode=mono,disagg.`,
    );
  }
}

/**
 * Common random numbers: every point gets the same seeds.
 *
 * @param count - the option that says how many
 * @throws UserError where the seed is varied.
 */
export function refuseSeeds(axes: readonly Axis[], count: '--replications' | '--runs'): void {
  const seed = variationsOf(axes).find(({ path }) => path === 'random_seed');
  if (seed === undefined) return;
  throw new UserError(
    `${seed.flag}: every point is run with the same seeds. Choose the first by --set random_seed=N, and how many by ${count}.`,
  );
}

function variationsOf(axes: readonly Axis[]): Variation[] {
  return axes.flatMap(({ variations }) => variations);
}
