/** Analyses that go as far as a test lets them: further runs of theirs wait on the way to the workers. Knows no view. */
import type { Page } from 'playwright-core';

declare global {
  interface Window {
    /** Lets this many further runs of analyses start, in place of what was let before. */
    letRun: (runs: number) => void;
  }
}

/** For a page that is not loaded yet: no run of an analysis starts before `letRun`. */
export async function holdAnalyses(page: Page): Promise<void> {
  await page.addInitScript(() => {
    let allowed = 0;
    const held: (() => void)[] = [];
    const go = (): void => {
      for (; allowed > 0 && held.length > 0; allowed--) held.shift()?.();
    };
    window.letRun = (runs) => {
      allowed = runs;
      go();
    };
    const Real = Worker;
    window.Worker = class extends Real {
      override postMessage(...sent: [unknown, (StructuredSerializeOptions | Transferable[])?]): void {
        const send = (): void => Reflect.apply(super.postMessage, this, sent);
        const [call] = sent as [{ readonly path?: readonly string[] }];
        if (call.path?.at(-1) === 'report') held.push(send);
        else send();
        go();
      }
    };
  });
}

/** As many as there are, when no number is given. */
export async function letRun(page: Page, runs = Number.POSITIVE_INFINITY): Promise<void> {
  await page.evaluate((most) => window.letRun(most), runs);
}

/** Waits until an analysis is under way. */
export async function untilAnalysing(page: Page): Promise<void> {
  await page.getByRole('progressbar', { name: 'Progress of the analysis' }).waitFor();
}
