/** What a bench does inside the page: functions that run in the browser and know nothing outside themselves. */

/** Milliseconds from a slider's change to the frame that shows its run. */
export async function sliderChange(fraction: number): Promise<number> {
  const slider = document.querySelector<HTMLInputElement>('[name="arrival.rate_per_s slider"]');
  const status = document.querySelector<HTMLElement>('.status');
  const shown = document.querySelector('.run');
  if (slider === null || status === null || shown === null) throw new Error('The page has no slider');
  const before = shown.textContent;
  const from = performance.now();
  slider.value = String(Number(slider.max) * fraction);
  slider.dispatchEvent(new Event('input', { bubbles: true }));
  while (shown.textContent === before || status.dataset.phase !== 'done') {
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
  // The frame after the one that draws it.
  await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
  return performance.now() - from;
}

interface Watched {
  /** Tasks of the main thread longer than 50 ms, milliseconds. */
  readonly longTasks: number[];
  /** When the progress bar changed, milliseconds. */
  readonly updates: number[];
}

declare global {
  interface Window {
    watched: Watched;
    /** Drops the result that `holdManyPoints` made. */
    drop: () => void;
  }
}

/** Notes long tasks and progress from now on, in `window.watched`. */
export function watch(): void {
  const watched: Watched = { longTasks: [], updates: [] };
  window.watched = watched;
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) watched.longTasks.push(duration);
  }).observe({ entryTypes: ['longtask'] });
  let last = -1;
  new MutationObserver(() => {
    const value = document.querySelector('progress')?.value ?? last;
    if (value === last) return;
    last = value;
    watched.updates.push(performance.now());
  }).observe(document.body, { subtree: true, attributes: true, childList: true });
}

/** Milliseconds that a cancel takes. */
export interface Cancelled {
  /** From asking a run to stop to the frame that says it has. */
  readonly shown_ms: number;
  /** And until the simulator is free for the next. */
  readonly stopped_ms: number;
}

/** Cancels the run under way on a page that `watchWorkers` listens to. */
export async function cancelled(): Promise<Cancelled> {
  const status = document.querySelector<HTMLElement>('.status');
  const cancel = document.querySelector<HTMLElement>('[aria-keyshortcuts=Escape]');
  const before = window.outcomes.length;
  const from = performance.now();
  cancel?.click();
  while (status?.dataset.phase === 'running') await new Promise(requestAnimationFrame);
  const shown_ms = performance.now() - from;
  while (window.outcomes.length === before) await new Promise((resolve) => setTimeout(resolve, 0));
  return { shown_ms, stopped_ms: performance.now() - from };
}

/** Makes a result with a curve of 100,000 points, to be dropped onto the page by `window.drop`. */
export function holdManyPoints(version: string): void {
  const points = Array.from({ length: 100_000 }, (_, at) => [at, 1 + Math.sin(at / 900) + (at % 7) / 10]);
  const axis = { unit: 's', scale: 'linear', definition: '' };
  const chart = {
    id: 'many',
    title: 'Many points',
    x: { label: 'time', ...axis },
    y: { label: 'height', ...axis },
    series: [{ name: 'curve', kind: 'line', points }],
    lines: [],
  };
  const document = { kind: 'bench', title: 'Many', answer: [], charts: [chart], tables: [], origin: [] };
  const dropped = new DataTransfer();
  dropped.items.add(new File([JSON.stringify({ llmsim: { version, document } })], 'many.json'));
  window.drop = () => {
    const event = new DragEvent('drop', { dataTransfer: dropped, bubbles: true, cancelable: true });
    window.document.body.dispatchEvent(event);
  };
}
