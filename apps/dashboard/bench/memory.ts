/**
 * What the page and its workers hold after many runs, by kind. A leak shows in the objects. Compiled code and the
 * browser's own records of layout shifts and long tasks grow for a while whatever the page does, and level off.
 */
import type { CDPSession, Page } from 'playwright-core';
import { type Held, held, overSession, workersOf } from './heap.ts';
import { sliderChange } from './in-page.ts';

/** Each at the same place of the slider, so that the same is on show. */
const AFTER_RUNS = [40, 200, 400] as const;
const PLACES = 40;

/** Time for the other architecture and for the last frame, milliseconds. */
const REST_MS = 1500;

export interface HeldAfter {
  readonly runs: number;
  readonly page: Held;
  /** The simulators together. */
  readonly workers: Held;
  readonly elements: number;
  readonly listeners: number;
}

export async function heldAfterRuns(page: Page, session: CDPSession): Promise<HeldAfter[]> {
  const isolates = await workersOf(session);
  const found: HeldAfter[] = [];
  for (let run = 1; run <= Math.max(...AFTER_RUNS); run++) {
    await page.evaluate(sliderChange, 0.1 + (run % PLACES) * 0.01);
    if (!AFTER_RUNS.some((runs) => runs === run)) continue;
    await page.waitForTimeout(REST_MS);
    const workers = await Promise.all([...isolates].map((isolate) => held(isolate)));
    const ofPage = await held(overSession(session));
    // After that: what was let go of counts until it is collected.
    const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
    found.push({
      runs: run,
      page: ofPage,
      workers: workers.reduce(sum, { objects: 0, code: 0, native: 0 }),
      elements: nodes,
      listeners: jsEventListeners,
    });
  }
  return found;
}

function sum(a: Held, b: Held): Held {
  return { objects: a.objects + b.objects, code: a.code + b.code, native: a.native + b.native };
}
