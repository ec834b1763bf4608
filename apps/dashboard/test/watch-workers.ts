/** The workers of a page and what they answer, heard beside the page. Knows no page and no expectation. */

declare global {
  interface Window {
    /** In the order in which they were started. */
    workers: Worker[];
    /** The kinds of the outcomes that workers sent, in their order. */
    outcomes: string[];
  }
}

/** To run in the page before its scripts; knows nothing outside itself. */
export function watchWorkers(): void {
  const workers: Worker[] = [];
  const outcomes: string[] = [];
  Object.assign(window, { workers, outcomes });
  const Real = Worker;
  window.Worker = class extends Real {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      workers.push(this);
      this.addEventListener('message', ({ data }) => {
        const kind: unknown = data?.value?.kind;
        if (typeof kind === 'string') outcomes.push(kind);
      });
    }
  };
}
