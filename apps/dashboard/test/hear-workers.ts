/** What the workers of a page answer, heard beside the page. Knows no page and no expectation. */

declare global {
  interface Window {
    /** The kinds of the outcomes that workers sent, in their order. */
    outcomes: string[];
  }
}

/** To run in the page before its scripts; knows nothing outside itself. */
export function hearWorkers(): void {
  const outcomes: string[] = [];
  window.outcomes = outcomes;
  const Real = Worker;
  window.Worker = class extends Real {
    constructor(url: string | URL, options?: WorkerOptions) {
      super(url, options);
      this.addEventListener('message', ({ data }) => {
        const kind: unknown = data?.value?.kind;
        if (typeof kind === 'string') outcomes.push(kind);
      });
    }
  };
}
