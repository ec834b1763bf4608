/** How a page lies on the screen: what is too wide, cut off, broken, covered or out of reach. Knows no view. */
import type { Page } from 'playwright-core';

/** Elements with more content than fits beside each other. */
export async function tooWide(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.querySelectorAll('body, body :not(tr, td, th)')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth && clientWidth > 1)
      .filter((element) => {
        const { display, overflowX } = getComputedStyle(element);
        // What scrolls within itself leaves the page as it is.
        return display !== 'inline' && overflowX !== 'auto';
      })
      .map(({ tagName, className }) => `${tagName} ${className}`),
  );
}

/** Texts that reach out of what cuts them, or beyond the sides of the page. */
export async function cutOff(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode() !== null) {
      const node = texts.currentNode;
      const parent = node.parentElement;
      if (parent === null || parent.closest('.visually-hidden, option') !== null || !parent.checkVisibility())
        continue;
      range.selectNodeContents(node);
      for (const { left, right, top, bottom, width, height } of range.getClientRects()) {
        if (width === 0 || height === 0) continue;
        let [from, to] = [0, document.documentElement.clientWidth];
        let cut = false;
        for (let holder: Element | null = parent; holder !== null; holder = holder.parentElement) {
          const { overflowX, overflowY } = getComputedStyle(holder);
          // What scrolls brings it into view.
          if (overflowX === 'auto' || overflowX === 'scroll') [from, to] = [-Infinity, Infinity];
          if (overflowX !== 'hidden' && overflowY !== 'hidden') continue;
          const box = holder.getBoundingClientRect();
          cut ||=
            left < box.left - 1 || right > box.right + 1 || top < box.top - 1 || bottom > box.bottom + 1;
        }
        if (cut || left < from - 1 || right > to + 1) found.push(node.textContent?.trim() ?? '');
      }
    }
    const fields = document.querySelectorAll<HTMLInputElement>('input[type=number], textarea');
    for (const { name, scrollWidth, clientWidth } of fields) if (scrollWidth > clientWidth) found.push(name);
    return [...new Set(found)];
  });
}

/** Words that go on in another line where they have no joint. */
export async function brokenWords(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = new Set<string>();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const range = document.createRange();
    while (texts.nextNode() !== null) {
      const node = texts.currentNode;
      const parent = node.parentElement;
      if (parent === null || parent.closest('.visually-hidden, .cm-editor, option') !== null) continue;
      for (const { 0: word, index } of node.textContent?.matchAll(/\p{L}+/gu) ?? []) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (new Set([...range.getClientRects()].map(({ top }) => top)).size > 1) found.add(word);
      }
    }
    return [...found];
  });
}

/** Pairs of texts and controls that lie over each other by a quarter of the lower one and more. */
export async function overlapping(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    interface Thing {
      readonly element: Element;
      readonly name: string;
      readonly box: DOMRect;
    }
    const things: Thing[] = [];
    const add = (element: Element, name: string, box: DOMRect): void => {
      if (box.width > 0 && box.height > 0) things.push({ element, name, box });
    };
    const shown = (element: Element): boolean =>
      element.checkVisibility() && element.closest('.visually-hidden, .cm-editor, option') === null;
    for (const element of document.querySelectorAll('button, input, select, textarea, canvas, progress')) {
      if (shown(element)) add(element, element.tagName, element.getBoundingClientRect());
    }
    const range = document.createRange();
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode() !== null) {
      const { currentNode: node } = texts;
      const { parentElement: parent } = node;
      if (parent === null || !shown(parent)) continue;
      range.selectNodeContents(node);
      for (const box of range.getClientRects()) add(parent, node.textContent?.trim() ?? '', box);
    }
    /** Both lie in the same thing that scrolls, or both in none; else one may be scrolled under the other. */
    const scroller = ({ element }: Thing): Element | null => {
      let holder: Element | null = element;
      while (holder !== null && getComputedStyle(holder).overflowX !== 'auto') holder = holder.parentElement;
      return holder;
    };
    const scrollers = new Map(things.map((thing) => [thing, scroller(thing)]));
    const found = new Set<string>();
    things.sort((a, b) => a.box.top - b.box.top);
    for (const [index, one] of things.entries()) {
      for (const other of things.slice(index + 1)) {
        if (other.box.top >= one.box.bottom) break;
        if (one.element.contains(other.element) || other.element.contains(one.element)) continue;
        if (scrollers.get(one) !== scrollers.get(other)) continue;
        const wide = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
        const high = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
        if (wide > 2 && high > Math.min(one.box.height, other.box.height) / 4)
          found.add(`${one.name} and ${other.name}`);
      }
    }
    return [...found];
  });
}

/** Controls that do not come into view when they are focused, or have something else in front of them. */
export async function outOfReach(page: Page): Promise<string[]> {
  // From here on the page takes what is focused as by the keyboard.
  await page.keyboard.press('Tab');
  return page.evaluate(() => {
    const controls = [
      ...document.querySelectorAll<HTMLElement>('button, input, select, textarea, summary, [tabindex="0"]'),
    ].filter((control) => control.checkVisibility() && !control.hasAttribute('hidden'));
    const found: string[] = [];
    for (const control of controls) {
      control.focus();
      const { left, right, top, bottom } = control.getBoundingClientRect();
      const { clientWidth, clientHeight } = document.documentElement;
      const [from, to] = [Math.max(top, 0), Math.min(bottom, clientHeight)];
      const front = document.elementFromPoint((left + right) / 2, (from + to) / 2);
      const reached =
        document.activeElement === control &&
        left >= -1 &&
        right <= clientWidth + 1 &&
        to - from > Math.min(20, bottom - top - 1) &&
        front !== null &&
        (control.contains(front) || front.contains(control));
      if (!reached)
        found.push(control.ariaLabel ?? control.getAttribute('name') ?? control.textContent.trim());
    }
    return found;
  });
}
