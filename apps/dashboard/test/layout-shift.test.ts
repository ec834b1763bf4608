/** Nothing on the page moves much while it loads, and its header not at all. */
import { expect, test } from 'vitest';
import { browserOfThisFile, untilBoth } from './browser.ts';

const open = browserOfThisFile();

/** Half of what a page may have to be called stable: https://web.dev/articles/cls. */
const STABLE = 0.05;

interface LayoutShift extends PerformanceEntry {
  readonly value: number;
  readonly sources: readonly { readonly node: Node | null }[];
}

declare global {
  interface Window {
    shifts: { value: number; moved: string[] }[];
  }
}

function noteShifts(): void {
  window.shifts = [];
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as LayoutShift[]) {
      const elements = entry.sources.map(({ node }) => (node instanceof Element ? node : null));
      // Whatever stands in the header, or right below it.
      const moved = elements.flatMap((element) =>
        element?.matches('header, header *, main') ? [`${element.tagName}.${element.className}`] : [],
      );
      window.shifts.push({ value: entry.value, moved });
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

test.each([360, 768, 1280])('from the first line to the last chart: %d px', async (width) => {
  const page = await open({ width, prepare: (fresh) => fresh.addInitScript(noteShifts) });
  await untilBoth(page);
  const shifts = await page.evaluate(() => window.shifts);
  expect(shifts.flatMap(({ moved }) => moved)).toEqual([]);
  expect(shifts.reduce((sum, { value }) => sum + value, 0)).toBeLessThan(STABLE);
});

test('buttons that need a run are there before it, and wait for it', async () => {
  const page = await open({
    prepare: (fresh) => fresh.route(/sim\.worker/, (route) => route.abort()),
  });
  for (const name of ['Copy as CLI command', 'Save for Perfetto']) {
    const button = page.getByRole('button', { name });
    expect(await button.getAttribute('aria-disabled')).toBe('true');
    await button.click({ force: true });
  }
  expect(await page.locator('header [role=status]').allTextContents()).toEqual(['', '', '']);
});
