/** What became of the requests of several runs together. Knows no statistics. */
import type { Outcomes, SimulationReport } from '@llmsim/engine';

/** Sums of counts: arrivals stay the sum of the others. */
export function outcomesOver(reports: readonly SimulationReport[]): Outcomes {
  const sum = (outcome: keyof Outcomes): number =>
    reports.reduce((total, { outcomes }) => total + outcomes[outcome], 0);
  return {
    arrivals: sum('arrivals'),
    completed: sum('completed'),
    rejected: sum('rejected'),
    in_flight: sum('in_flight'),
  };
}
