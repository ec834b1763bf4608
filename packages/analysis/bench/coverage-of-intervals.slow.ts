/**
 * `pnpm bench:coverage`: in how many of 400 trials the 95 % interval holds the mean wait that theory knows, over
 * a fixed number of runs and where runs stop once the interval is narrow enough. Fails outside 93 to 97 % for the
 * former, and below 92 % for the latter, which favours intervals that are narrow by luck.
 */
import { meanInterval, type Precision, runsUntilPrecise } from '../src/index.ts';
import { coverage, knownQueues, take } from '../test/interval/coverage.ts';

const TRIALS = 400;
const RUNS = 10;
const [LEAST, MOST] = [0.93, 0.97];
const LEAST_STOPPED = 0.92;

const precision: Precision = { half_width: 0.05, relative: true, min_runs: 10, max_runs: 100, level: 0.95 };

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`.padStart(7);

console.log(`95 % intervals of the mean wait that hold it, of ${TRIALS} trials each`);
console.log(`${''.padEnd(40)}${RUNS} runs   until ± 5 % (runs)`);
const shares: number[] = [];
const stopped: number[] = [];
for (const known of knownQueues) {
  const fixed = coverage(known, TRIALS, (waits) => meanInterval(take(waits, RUNS)));
  let spent = 0;
  const sequential = coverage(known, TRIALS, (waits) => {
    const values: number[] = [];
    for (const wait of waits) {
      values.push(wait);
      if (values.length >= precision.max_runs || runsUntilPrecise(values, precision) !== null) break;
    }
    spent += values.length;
    return meanInterval(values);
  });
  shares.push(fixed);
  stopped.push(sequential);
  console.log(
    `${known.name.padEnd(40)}${percent(fixed)}   ${percent(sequential)} (${(spent / TRIALS).toFixed(1)})`,
  );
}
const outside = shares.filter((share) => share < LEAST || share > MOST);
console.log(
  outside.length === 0
    ? `All within ${LEAST * 100} to ${MOST * 100} %.`
    : `${outside.length} outside ${LEAST * 100} to ${MOST * 100} %.`,
);
const seldom = stopped.filter((share) => share < LEAST_STOPPED);
if (seldom.length > 0) console.log(`${seldom.length} below ${LEAST_STOPPED * 100} % where runs stop.`);
if (outside.length + seldom.length > 0) process.exitCode = 1;
