/**
 * The worker's end of the protocol: which runs are under way and how each is cancelled. Knows no simulation.
 */
import { expose, type ProxyMethods, releaseProxy } from 'comlink';
import type { CurvePart } from './in-parts.ts';
import { textReader } from './prepare.ts';
import type { OnProgress, ScenarioSource, SimulationWorker } from './protocol.ts';
import { runScenario } from './run-scenario.ts';

const furtherRuns = () => import('./further-runs.ts');
/** Of the last result that was read. */
let waitingParts: CurvePart[] = [];
const underWay = new Map<number, AbortController>();

/** Calls `start` with a signal that `cancel` of the same id aborts. */
async function cancellable<Outcome>(
  id: number,
  start: (signal: AbortSignal) => Promise<Outcome>,
): Promise<Outcome> {
  const controller = new AbortController();
  underWay.set(id, controller);
  try {
    return await start(controller.signal);
  } finally {
    underWay.delete(id);
  }
}

const worker: SimulationWorker = {
  run: (id, source: ScenarioSource, onProgress: OnProgress & Partial<ProxyMethods>) =>
    cancellable(id, (signal) => runScenario(source, { signal, onProgress })).finally(() => {
      // Or its port to the page stays open for as long as both live.
      onProgress[releaseProxy]?.();
      // The next run has another text; if this fails, that run says so.
      textReader().catch(() => {});
    }),
  report: (id, cell) => cancellable(id, async (signal) => (await furtherRuns()).reportOf(cell, signal)),
  ttft: (id, cell) => cancellable(id, async (signal) => (await furtherRuns()).ttftOf(cell, signal)),
  requests: (id, cell) => cancellable(id, async (signal) => (await furtherRuns()).requestsOf(cell, signal)),
  traceEvents: (id, cell) =>
    cancellable(id, async (signal) => {
      // Loaded late: few ask for it.
      const { traceEventsOf } = await import('./trace-events.ts');
      return traceEventsOf(cell, signal);
    }),
  async result(file) {
    const [{ readResult }, { cut }] = await Promise.all([
      import('./read-result.ts'),
      import('./in-parts.ts'),
    ]);
    const result = readResult(await file.text());
    if (result.kind !== 'document') return result;
    const { document, parts } = cut(result.document);
    waitingParts = [...parts];
    return { kind: 'document', document };
  },
  nextPart: () => waitingParts.shift() ?? null,
  cancel(id) {
    underWay.get(id)?.abort();
  },
};

expose(worker);
