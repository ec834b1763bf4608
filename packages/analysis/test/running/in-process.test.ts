/** Running here: the engine's own reports, errors as rejections, an abort that stops the run. */
import { simulate } from '@llmsim/engine';
import { expect, it } from 'vitest';
import { inProcess } from '../../src/index.ts';
import { type SmallCell, smallPlan } from './plans.ts';

it('gives the report that the engine gives', async () => {
  const cell = { rate_per_s: 5, seed: 3 };
  expect(await inProcess(smallPlan).run(cell)).toEqual(simulate(smallPlan(cell)).report);
});

it('rejects with what the plan threw', async () => {
  const trouble = new RangeError('no such cell');
  const runner = inProcess<SmallCell>(() => {
    throw trouble;
  });
  await expect(runner.run({ rate_per_s: 1, seed: 1 })).rejects.toBe(trouble);
  await expect(inProcess(smallPlan).run({ rate_per_s: 1, seed: 1, sim_seconds: -1 })).rejects.toThrow(
    RangeError,
  );
});

it('rejects with the reason of the signal, before the run and in the middle of it', async () => {
  const endless = { rate_per_s: 9, seed: 1, sim_seconds: 1e9 };
  await expect(inProcess(smallPlan).run(endless, AbortSignal.abort('at once'))).rejects.toBe('at once');
  const controller = new AbortController();
  setTimeout(() => controller.abort('enough'), 5);
  await expect(inProcess(smallPlan).run(endless, controller.signal)).rejects.toBe('enough');
});

it('awaits the pause before each cell', async () => {
  let pauses = 0;
  const runner = inProcess(smallPlan, { pause: async () => void pauses++ });
  await runner.run({ rate_per_s: 1, seed: 1 });
  await runner.run({ rate_per_s: 1, seed: 2 });
  expect(pauses).toBe(2);
});
