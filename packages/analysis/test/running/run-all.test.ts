/** Many cells: each has one outcome, whatever the order of completion, failures and interruptions. */
import { type SimulationReport, simulate } from '@llmsim/engine';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CellOutcome, inProcess, type Runner, runAll } from '../../src/index.ts';
import { smallPlan } from './plans.ts';

const report: SimulationReport = simulate(smallPlan({ rate_per_s: 2, seed: 1 })).report;

/** Finishes in an order of its own: a cell says after how many turns, negative when it fails then. */
function scrambled(concurrency: number): Runner<number> & { readonly most: () => number } {
  let underWay = 0;
  let most = 0;
  return {
    concurrency,
    most: () => most,
    async run(turns, signal) {
      most = Math.max(most, ++underWay);
      for (let turn = 0; turn < Math.abs(turns); turn++) {
        await Promise.resolve();
        if (signal?.aborted) throw signal.reason;
      }
      underWay--;
      if (turns < 0) throw new Error(`cell ${turns}`);
      return { ...report, seed: turns };
    },
  };
}

async function gathered<Cell>(outcomes: AsyncIterable<CellOutcome<Cell>>): Promise<CellOutcome<Cell>[]> {
  const list: CellOutcome<Cell>[] = [];
  for await (const outcome of outcomes) list.push(outcome);
  return list;
}

const cells = fc.array(fc.integer({ min: -20, max: 20 }), { maxLength: 30 });

describe('runAll', () => {
  it('gives each cell one outcome, its own, with no more under way than asked for', async () => {
    await fc.assert(
      fc.asyncProperty(cells, fc.integer({ min: 1, max: 5 }), async (turns, concurrency) => {
        const runner = scrambled(concurrency);
        const outcomes = await gathered(runAll(runner, turns));
        expect(runner.most()).toBeLessThanOrEqual(concurrency);
        expect(outcomes.map(({ index }) => index).sort((a, b) => a - b)).toEqual([...turns.keys()]);
        for (const outcome of outcomes) {
          expect(outcome.cell).toBe(turns[outcome.index]);
          if ('report' in outcome) expect(outcome.report.seed).toBe(outcome.cell);
          else expect(outcome.error).toEqual(new Error(`cell ${outcome.cell}`));
          expect('error' in outcome).toBe(outcome.cell < 0);
        }
      }),
    );
  });

  it('gives the same reports as one run after another', async () => {
    const small = Array.from({ length: 6 }, (_, seed) => ({ rate_per_s: 4, seed }));
    const here = inProcess(smallPlan);
    const outcomes = await gathered(runAll({ ...here, concurrency: 4 }, small));
    for (const outcome of outcomes) {
      if (!('report' in outcome)) throw outcome.error;
      expect(outcome.report).toEqual(simulate(smallPlan(outcome.cell)).report);
    }
    expect(outcomes).toHaveLength(6);
  });

  it('takes a cell when there is room for it, so that outcomes can decide about the next', async () => {
    const seen: number[] = [];
    function* untilThree(): Generator<number> {
      for (let turns = 1; seen.length < 3; turns++) yield turns;
    }
    for await (const { cell } of runAll(scrambled(1), untilThree())) seen.push(cell);
    expect(seen).toEqual([1, 2, 3]);
  });

  it('throws the reason of the signal after what was finished', async () => {
    const controller = new AbortController();
    const outcomes: CellOutcome<number>[] = [];
    const all = (async () => {
      for await (const outcome of runAll(scrambled(2), [1, 1, 1, 5000, 1, 5000, 1], controller.signal)) {
        outcomes.push(outcome);
        if (outcomes.length === 4) controller.abort('enough');
      }
    })();
    await expect(all).rejects.toBe('enough');
    expect(outcomes.map(({ index }) => index)).toEqual([0, 1, 2, 4]);
  });

  it('does not mind an abort when all is done', async () => {
    const controller = new AbortController();
    const outcomes: number[] = [];
    for await (const { index } of runAll(scrambled(1), [1, 1], controller.signal)) {
      outcomes.push(index);
      if (outcomes.length === 2) controller.abort();
    }
    expect(outcomes).toEqual([0, 1]);
  });
});
