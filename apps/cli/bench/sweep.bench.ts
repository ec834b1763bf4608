/** CPU time of a sweep of the default scenario: 20 rates × 2 modes × 10 replications in one thread, nothing stored. */
import { cpus, loadavg } from 'node:os';
import { findReading, inProcess, type SweepAxis, sweep } from '@llmsim/analysis';
import { defaultConfig } from '@llmsim/config';
import { planOf, type ScenarioCell } from '../src/running/scenario-cell.ts';

const AIM_S = 10;
const config = defaultConfig();
const modes = ['mono', 'disagg'] as const;
const rates = Array.from({ length: 20 }, (_, step) => (step + 1) / 2);
const metric = findReading('ttft_s.p99');
if (metric === undefined || config.arrival === undefined || config.arrival.process === 'closed_loop') {
  throw new Error('The default scenario draws its arrivals');
}
const arrival = config.arrival;
const axis = (key: string, values: SweepAxis['values']): SweepAxis => {
  return { key, label: key, unit: 'count', values, texts: values.map(String) };
};

let requests = 0;
const started = process.cpuUsage();
const { runs } = await sweep<ScenarioCell>(
  {
    axes: [axis('mode', modes), axis('arrival.rate_per_s', rates)],
    x: 1,
    x_is_load: true,
    metrics: [metric],
    seeds: Array.from({ length: 10 }, (_, seed) => seed),
    early_stop: false,
    cellOf: ([mode = 0, step = 0], random_seed) => {
      const rate_per_s = rates[step] ?? 1;
      requests += rate_per_s * (config.sim_seconds ?? 0);
      return {
        config: { ...config, mode: modes[mode] ?? 'mono', arrival: { ...arrival, rate_per_s }, random_seed },
        trace: null,
        pilot_seed: random_seed,
      };
    },
  },
  { runner: inProcess(planOf) },
);
const { user, system } = process.cpuUsage(started);
const cpu_s = (user + system) / 1e6;
console.log(`node ${process.version}, ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`);
console.log(
  `${runs} runs (${rates.length} rates × ${modes.length} modes × 10 replications), about ${requests.toLocaleString('en')} requests: ` +
    `${cpu_s.toFixed(2)} CPU-seconds, aim ${AIM_S}`,
);
