/**
 * What arrivals are pulled from. Knows neither where requests come from nor where they go.
 */

/** A sequence of requests, read one at a time. */
export interface RequestSource {
  /** Moves to the next request and says whether there is one. */
  advance(): boolean;
  /** The request moved to. */
  arrival_s: number;
  prompt_tokens: number;
  output_tokens: number;
}
