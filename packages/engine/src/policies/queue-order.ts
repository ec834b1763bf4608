/**
 * Who of those that wait for a GPU is served next: plain functions on what a scheduler can see.
 * Knows no pools, no other requests and no output lengths.
 */

/** What a scheduler knows of a request that waits. Valid during the call: the next request takes the same object. */
export interface WaitingRequest {
  readonly id: number;
  /** When it came to the system, seconds. */
  readonly arrival_s: number;
  /** When it began to wait here, which is now, seconds. */
  readonly queued_s: number;
  readonly prompt_tokens: number;
  /** The session it belongs to, −1 without one. */
  readonly session: number;
}

/**
 * The rank of a request, asked once, when it begins to wait: the least rank is served next, of equal ones who has
 * waited longest. A policy keeps no state between calls, so that a plan can run twice.
 *
 * @example
 * // Short prompts first, but nobody is overtaken by who comes ten seconds later or more.
 * const withAging: QueueOrder = ({ queued_s, prompt_tokens }) => queued_s + Math.min(prompt_tokens / 1000, 10);
 */
export type QueueOrder = (request: WaitingRequest) => number;

/** Those with the fewest prompt tokens first; long prompts may starve. */
export function shortestPromptFirst(): QueueOrder {
  return ({ prompt_tokens }) => prompt_tokens;
}
