/**
 * What options change of the cluster that a run does not use, which changes nothing. Knows no file: that writes both
 * clusters on purpose, for commands that run both.
 */
import type { ScenarioConfig } from '@llmsim/config';
import { type ClusterKey, otherThan } from './both-clusters.ts';
import type { Assignment } from './load.ts';

/** A sentence for each; `from` is the cluster whose machines the one that runs was made of, null for none. */
export function idleChanges(
  mode: ScenarioConfig['mode'],
  from: ClusterKey | null,
  assignments: readonly Assignment[],
): string[] {
  const idle = otherThan(`cluster_${mode}`);
  if (from === idle) return [];
  return assignments
    .filter(({ set }) => set.startsWith(`${idle}.`) || set.startsWith(`${idle}=`))
    .map(
      ({ flag }) =>
        `${flag} has no effect: mode is ${mode}. Change cluster_${mode}, or choose the other mode.`,
    );
}
