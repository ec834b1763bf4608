/**
 * The worker's end of the protocol: which runs are under way and how each is cancelled. Knows no simulation.
 */
import { expose } from 'comlink';
import type { SimulationWorker } from './protocol.ts';
import { inspectScenario, runScenario } from './run-scenario.ts';

const underWay = new Map<number, AbortController>();

const worker: SimulationWorker = {
  inspect: inspectScenario,
  async run(id, source, onProgress) {
    const controller = new AbortController();
    underWay.set(id, controller);
    try {
      return await runScenario(source, { signal: controller.signal, onProgress });
    } finally {
      underWay.delete(id);
    }
  },
  cancel(id) {
    underWay.get(id)?.abort();
  },
};

expose(worker);
