/** Everything a run publishes, kept. */
import type { PoolState, RequestEvent, Simulation, SimulationResult } from '../../src/index.ts';
import { runScenario, type Scenario } from './plans.ts';

export const REQUEST_STREAMS = [
  'arrivals',
  'rejections',
  'serviceStarts',
  'prefillEnds',
  'firstTokens',
  'completions',
] as const;

interface Happening extends RequestEvent {
  readonly what: (typeof REQUEST_STREAMS)[number];
}

export interface Seen {
  /** All request events in the order they were published. */
  readonly happenings: Happening[];
  readonly poolStates: PoolState[];
}

function watchAll({ events }: Simulation): Seen {
  const seen: Seen = { happenings: [], poolStates: [] };
  for (const what of REQUEST_STREAMS)
    events[what].subscribe((event) => seen.happenings.push({ what, ...event }));
  events.poolStates.subscribe((state) => seen.poolStates.push(state));
  return seen;
}

/** Runs a scenario with every stream subscribed. */
export function runWatched(scenario: Scenario): { readonly result: SimulationResult; readonly seen: Seen } {
  let seen: Seen = { happenings: [], poolStates: [] };
  const result = runScenario(scenario, (simulation) => {
    seen = watchAll(simulation);
  });
  return { result, seen };
}
