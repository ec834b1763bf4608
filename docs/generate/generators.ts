/** The generated parts of pages, by the name in `<!-- generated: name -->`. */
import {
  compareColumns,
  crossoverColumns,
  planColumns,
  sensitivityColumns,
  splitColumns,
  sweepColumns,
} from './answer-columns.ts';
import { commandReference } from './commands.ts';
import { configurationKeys } from './configuration-keys.ts';
import {
  llama70bQueues,
  llama70bRows,
  llama70bTpot,
  llama70bTtft,
  qwen32bTpot,
  servedFirstToken,
  servedRun,
  servedThroughput,
} from './fidelity.ts';
import { gpuTable, modelTable, presetTable } from './hardware-catalogue.ts';
import { events } from './output-events.ts';
import {
  clusterKeys,
  requestColumns,
  resultKeys,
  stepRequestColumns,
  summaryColumns,
  vllmKeys,
} from './output-keys.ts';
import { terms } from './terms.ts';
import { traceFormats } from './trace-formats.ts';

export const generators: ReadonlyMap<string, () => string | Promise<string>> = new Map([
  ['commands', commandReference],
  ['configuration-keys', configurationKeys],
  ['result-keys', resultKeys],
  ['cluster-keys', clusterKeys],
  ['summary-columns', summaryColumns],
  ['compare-columns', compareColumns],
  ['sweep-columns', sweepColumns],
  ['sensitivity-columns', sensitivityColumns],
  ['plan-columns', planColumns],
  ['split-columns', splitColumns],
  ['crossover-columns', crossoverColumns],
  ['request-columns', requestColumns],
  ['step-request-columns', stepRequestColumns],
  ['vllm-keys', vllmKeys],
  ['events', events],
  ['terms', terms],
  ['trace-formats', traceFormats],
  ['gpus', gpuTable],
  ['models', modelTable],
  ['presets', presetTable],
  ['fidelity-served-run', servedRun],
  ['fidelity-served-throughput', servedThroughput],
  ['fidelity-served-first-token', servedFirstToken],
  ['fidelity-70b-tpot', llama70bTpot],
  ['fidelity-70b-ttft', llama70bTtft],
  ['fidelity-70b-queues', llama70bQueues],
  ['fidelity-70b-rows', llama70bRows],
  ['fidelity-qwen-tpot', qwen32bTpot],
]);
