/**
 * Step times of an engine from requests that it served. Knows no files and no formats.
 */
import type { StepTime } from '@llmsim/engine';
import { fitStepTime, type StepTimeFit, solveStepTime } from './fit-step-time.ts';
import { requestSteps } from './request-steps.ts';
import { COEFFICIENTS, type StepSums } from './step-sums.ts';
import { type TimedRequest, timeline } from './timeline.ts';

export interface CalibrationOptions {
  /**
   * Whether a request counts in the fit; the others are only the load it met. Absent: all do. Lets a run be judged
   * by requests that were not fitted.
   */
  readonly fitted?: (request: TimedRequest, index: number) => boolean;
}

const MOST_ROUNDS = 50;
/** Largest relative change of a coefficient with which the rounds end. */
const SETTLED = 1e-6;

/**
 * Fits the step times of one engine to the first and last tokens of its requests.
 *
 * Each request gives a row: its output_tokens − 1 decode steps, with the prompts and the batch that it met in them,
 * against the time between its first and its last token. TTFT does not count: it holds the queue and the client. How
 * many steps fall between two instants follows from the step times, so fit and count take turns until they agree.
 *
 * Each run must hold all requests that the engine served meanwhile, and its requests must not have been preempted.
 *
 * @param runs - requests of one engine; the instants of each run are on a clock of its own
 * @throws RangeError when fewer requests than coefficients have two tokens or more, or all came at once.
 * @example
 * const requests = Array.from({ length: 40 }, (_, i) => ({
 *   prompt_tokens: 100,
 *   output_tokens: 11,
 *   first_token_s: i,
 *   completed_s: i + 0.1,
 * }));
 * calibrate([requests]).step_time.base_s; // ≈ 0.01
 */
export function calibrate(
  runs: ReadonlyArray<readonly TimedRequest[]>,
  options: CalibrationOptions = {},
): StepTimeFit {
  const rounds = calibrateInRounds(runs, options);
  for (;;) {
    const { done, value } = rounds.next();
    if (done) return value;
  }
}

/**
 * As `calibrate`, with a yield after every round of fit and count, and its number: a million requests take some seconds
 * each, and the host may breathe, tell how far it is, or leave it.
 *
 * @throws RangeError as `calibrate` does, from the first `next`.
 * @example
 * const requests = Array.from({ length: 40 }, (_, i) => ({
 *   prompt_tokens: 100,
 *   output_tokens: 11,
 *   first_token_s: i,
 *   completed_s: i + 0.1,
 * }));
 * const rounds = calibrateInRounds([requests]);
 * let next = rounds.next();
 * // After each round there is time for something else.
 * for (; next.done !== true; next = rounds.next()) await Promise.resolve();
 * next.value.step_time.base_s; // ≈ 0.01
 */
export function* calibrateInRounds(
  runs: ReadonlyArray<readonly TimedRequest[]>,
  { fitted = () => true }: CalibrationOptions = {},
): Generator<number, StepTimeFit> {
  const axes = runs.map(timeline);
  const rowsFor = (step_time: StepTime | null): StepSums[] => {
    const rows: StepSums[] = [];
    for (const axis of axes) {
      for (const [index, sums] of requestSteps(axis, step_time).entries()) {
        const request = axis.requests[index];
        if (sums !== null && request !== undefined && fitted(request, index)) rows.push(sums);
      }
    }
    return rows;
  };
  let step_time = solveStepTime(rowsFor(null));
  for (let round = 1; round <= MOST_ROUNDS; round++) {
    yield round;
    const before = step_time;
    step_time = solveStepTime(rowsFor(before));
    if (agree(before, step_time)) break;
  }
  return fitStepTime(rowsFor(step_time));
}

function agree(one: StepTime, other: StepTime): boolean {
  return COEFFICIENTS.every((name) => Math.abs(one[name] - other[name]) <= SETTLED * other[name]);
}
