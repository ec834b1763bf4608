/**
 * An analysis of one's own: the smallest cluster whose p99 TTFT meets a target, by bisection.
 * On one workload more GPUs never make a monolithic cluster slower, so one boundary parts the sizes.
 */
import { monolithic, type SimulationPlan, simulate } from '@llmsim/engine';

export interface Target {
  readonly p99_ttft_s: number;
  readonly most_gpus: number;
  readonly prefill_tokens_per_s: number;
  readonly decode_tokens_per_s: number;
}

/** The number of GPUs, or null when `most_gpus` are not enough. */
export function smallestCluster(plan: Omit<SimulationPlan, 'architecture'>, target: Target): number | null {
  const meets = (num_gpus: number): boolean => {
    const { report } = simulate({ ...plan, architecture: monolithic({ ...target, num_gpus }) });
    return (report.ttft_s.p99 ?? Number.POSITIVE_INFINITY) <= target.p99_ttft_s;
  };
  if (!meets(target.most_gpus)) return null;
  let tooFew = 0;
  let enough = target.most_gpus;
  while (enough - tooFew > 1) {
    const middle = (tooFew + enough) >> 1;
    if (meets(middle)) enough = middle;
    else tooFew = middle;
  }
  return enough;
}
