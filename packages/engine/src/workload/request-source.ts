/**
 * What an open loop pulls its arrivals from. Knows neither where requests come from nor where they go.
 */

/** A sequence of requests, read one at a time. */
export interface RequestSource {
  /** Moves to the next request and says whether there is one. */
  advance(): boolean;
  /** The request moved to. */
  arrival_s: number;
  prompt_tokens: number;
  output_tokens: number;
  /** −1 without a session. */
  session: number;
}
