/** What scrolls within the page: a named stop of the keyboard while it does, and none while all fits. Knows no content. */

/**
 * Keeps an element with `overflow: auto` reachable under the name `label`, whatever its size and that of its content,
 * until the function it gives is called.
 */
export function scrolls(element: HTMLElement, label: string): () => void {
  const observer = new ResizeObserver(() => {
    const { scrollWidth, clientWidth, scrollHeight, clientHeight } = element;
    const hidden = scrollWidth > clientWidth || scrollHeight > clientHeight;
    // Who stands on it keeps the place.
    element.tabIndex = hidden ? 0 : -1;
    element.role = hidden ? 'region' : null;
    element.ariaLabel = hidden ? label : null;
  });
  for (const box of [element, ...element.children]) observer.observe(box);
  return () => observer.disconnect();
}
