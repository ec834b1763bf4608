/** What a plan cannot go on from: a run in which no request was judged. */

/**
 * No request arrived in the measurement window of a run: the run is too short for its rate.
 *
 * @example
 * new NothingJudged(42).message; // 'no request arrived in the measurement window of the run with seed 42'
 */
export class NothingJudged extends RangeError {
  override readonly name = 'NothingJudged';

  constructor(seed: number | string) {
    super(`no request arrived in the measurement window of the run with seed ${seed}`);
  }
}
