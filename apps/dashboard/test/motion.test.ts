/** The page for those who ask for less motion: nothing moves by itself, and what is asked to move does it in jumps. */
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { browserOfThisFile, type PageOptions, untilPhase } from './browser.ts';
import { holdAnalyses, untilAnalysing } from './hold-analyses.ts';
import { startEndlessRun, unfold, VIEWS } from './situations.ts';

const open = browserOfThisFile();

/** Longest that something may take to change, milliseconds. */
const AT_ONCE_MS = 10;

/** What takes time to change, or does so again and again. */
async function moving(page: Page): Promise<string[]> {
  return page.evaluate((at_once_ms) => {
    const seconds = (list: string): number => Math.max(...list.split(',').map(Number.parseFloat));
    const found = document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration) > at_once_ms)
      .map((animation) => `running: ${animation instanceof CSSAnimation ? animation.animationName : ''}`);
    const everything = (root: ParentNode): Element[] =>
      [...root.querySelectorAll('*')].flatMap((element) => [
        element,
        ...(element.shadowRoot === null ? [] : everything(element.shadowRoot)),
      ]);
    for (const element of everything(document)) {
      for (const part of [null, '::before', '::after']) {
        const style = getComputedStyle(element, part);
        const longest_s = Math.max(seconds(style.animationDuration), seconds(style.transitionDuration));
        if (longest_s * 1000 > at_once_ms || style.scrollBehavior === 'smooth')
          found.push(`${element.tagName} ${element.className}${part ?? ''}`);
      }
    }
    return [...new Set(found)];
  }, AT_ONCE_MS);
}

/** The picture of a canvas when `change` has first changed it, and half a second later. */
async function picturesAfter(page: Page, canvas: string, change: string): Promise<[string, string]> {
  return page.evaluate(
    async ([selector, click]) => {
      const drawn = (): string => document.querySelector<HTMLCanvasElement>(selector)?.toDataURL() ?? '';
      const frame = (): Promise<unknown> => new Promise(requestAnimationFrame);
      const before = drawn();
      const element = document.querySelector<HTMLElement>(click);
      if (element instanceof HTMLSelectElement) {
        element.selectedIndex = 1;
        element.dispatchEvent(new Event('change', { bubbles: true }));
      } else element?.click();
      while (drawn() === before) await frame();
      const first = drawn();
      await new Promise((resolve) => setTimeout(resolve, 500));
      return [first, drawn()] as [string, string];
    },
    [canvas, change] as const,
  );
}

async function openReduced(options: PageOptions = {}): Promise<Page> {
  const page = await open({ reducedMotion: 'reduce', ...options });
  await untilPhase(page, 'done');
  return page;
}

describe('nothing takes time to change', () => {
  test.each(VIEWS)('$name', async ({ reach }) => {
    const page = await openReduced();
    await reach(page);
    await unfold(page);
    expect(await moving(page)).toEqual([]);
  });

  test('while a run and an analysis are under way, and in the editor', async () => {
    const page = await openReduced({ prepare: holdAnalyses });
    await page.getByText('Edit as YAML').click();
    await page.locator('.cm-content').focus();
    expect(await moving(page)).toEqual([]);
    await startEndlessRun(page);
    expect(await moving(page)).toEqual([]);
    await page.keyboard.press('Escape');
    await untilPhase(page, 'cancelled');
    await page.getByRole('tab', { name: 'Against load' }).click();
    await untilAnalysing(page);
    expect(await moving(page)).toEqual([]);
  });

  test('but what would is found', async () => {
    const page = await openReduced();
    await page.evaluate(() => {
      const style = new CSSStyleSheet();
      style.replaceSync('h1 { animation: turn 2s infinite } @keyframes turn { to { rotate: 1turn } }');
      document.adoptedStyleSheets.push(style);
    });
    expect(await moving(page)).toEqual(['running: turn', expect.stringContaining('H1')]);
  });
});

test('charts are drawn at once', async () => {
  const page = await openReduced();
  await page.getByRole('tab', { name: 'Requests' }).click();
  await page.locator('[data-chart=request_waterfall][data-drawn=true]').waitFor();
  const [first, later] = await picturesAfter(
    page,
    '[data-chart=request_waterfall] canvas',
    '[name="waterfall order"]',
  );
  expect(first === later).toBe(true);
});

describe('the replay', () => {
  async function openReplay(reducedMotion: 'reduce' | 'no-preference'): Promise<Page> {
    const page = await openReduced({ reducedMotion });
    await page.getByRole('tab', { name: 'Requests' }).click();
    await page.locator('[data-replay=time]').waitFor();
    return page;
  }

  const timeOf = (page: Page): Promise<string | null> =>
    page.locator('[data-replay=time]').getAttribute('data-value');

  test('does not play by itself', async () => {
    const page = await openReplay('reduce');
    await page.waitForTimeout(500);
    expect(await timeOf(page)).toBe('0');
  });

  test('steps from one event to the next with nothing between', async () => {
    const page = await openReplay('reduce');
    await page.getByRole('button', { name: 'Next event' }).click();
    const canvas = '[role=img] > canvas:only-child';
    const next = 'section[aria-labelledby=replay-title] button:nth-of-type(2)';
    const [first, later] = await picturesAfter(page, `section[aria-labelledby=replay-title] ${canvas}`, next);
    expect(first === later).toBe(true);
  });

  /** The times that the replay goes forward by in its first moves, in seconds of the clock on the wall. */
  async function movesOf(page: Page, count: number): Promise<number[]> {
    const speed = Number(await page.inputValue('[name="replay speed"]'));
    await page.evaluate(() => {
      const shown = document.querySelector('[data-replay=time]');
      const times = [0];
      Object.assign(window, { times });
      const note = (): unknown => times.push(Number(shown?.getAttribute('data-value')));
      if (shown !== null) new MutationObserver(note).observe(shown, { attributes: true });
    });
    await page.getByRole('button', { name: 'Play' }).click();
    const seen = await page.waitForFunction((most) => {
      const { times } = window as unknown as { readonly times: readonly number[] };
      return times.length > most && times;
    }, count);
    const times = (await seen.jsonValue()) || [];
    return times.slice(1, count + 1).map((time_s, index) => (time_s - (times[index] ?? 0)) / speed);
  }

  test('plays in jumps of a second, and smoothly for everybody else', async () => {
    const jumps = await movesOf(await openReplay('reduce'), 2);
    expect(Math.min(...jumps)).toBeGreaterThan(0.999);
    // On a busy machine a frame may come late, but not each.
    const moves = await movesOf(await openReplay('no-preference'), 20);
    expect(Math.min(...moves)).toBeLessThan(0.5);
  });
});
