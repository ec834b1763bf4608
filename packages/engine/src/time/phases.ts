/**
 * What happens first when several events fall on the same instant.
 * A server freed at t serves a request that arrives at t; what only watches sees the instant settled.
 */
export const Phase = {
  /** A request passes a milestone of its service: it is told before the service can end. */
  milestone: 0,
  /** A service ends and frees its GPU. */
  completion: 1,
  /** A KV transfer ends: the request joins a queue that completions have already drained. */
  transfer: 2,
  /** A new request arrives and finds what completions and transfers left free. */
  arrival: 3,
  /** Decisions taken once an instant, over everything that has arrived by then. */
  dispatch: 4,
  /** Work scheduled through RxJS operators (`timer`, `bufferTime` …). */
  observer: 5,
} as const;

export type Phase = (typeof Phase)[keyof typeof Phase];
