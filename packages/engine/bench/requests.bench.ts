/**
 * Requests per CPU-second of one million requests, interleaved with the same simulation as a plain loop and, at a
 * smaller size, as a stream per request on RxJS' own VirtualTimeScheduler. Ratios are medians over the rounds.
 */
import { cpus, loadavg } from 'node:os';
import type { Observable } from 'rxjs';
import { type QuantileMethod, Simulation } from '../src/index.ts';
import { benchPlan } from './cases.ts';
import { cpuSeconds, median } from './measure.ts';
import { plainLoop } from './plain-loop.ts';
import { withVirtualTimeScheduler } from './virtual-time-scheduler.ts';

const REQUESTS = 1_000_000;
const REQUESTS_OF_SCHEDULER = 300_000;
const ROUNDS = 5;
const MODES = ['mono', 'disagg'] as const;
type Mode = (typeof MODES)[number];

let heard = 0;
const listen = (event: { readonly time_s: number }): void => {
  if (event.time_s >= 0) heard++;
};

function ours(mode: Mode, quantiles: QuantileMethod, subscribed: boolean): void {
  const run = new Simulation({ ...benchPlan(mode, REQUESTS), quantiles });
  if (subscribed) {
    for (const stream of Object.values<Observable<{ readonly time_s: number }>>({ ...run.events })) {
      stream.subscribe(listen);
    }
  }
  run.run();
}

const variants: ReadonlyArray<{ name: string; requests: number; run: (mode: Mode) => void }> = [
  {
    name: 'llmsim, all streams subscribed',
    requests: REQUESTS,
    run: (mode) => ours(mode, 'histogram', true),
  },
  {
    name: 'plain loop, all callbacks',
    requests: REQUESTS,
    run: (mode) => {
      const recorder = plainLoop(benchPlan(mode, REQUESTS), mode, listen);
      recorder.ttft_s.summary();
    },
  },
  { name: 'llmsim, nobody listens', requests: REQUESTS, run: (mode) => ours(mode, 'histogram', false) },
  { name: 'llmsim, exact quantiles', requests: REQUESTS, run: (mode) => ours(mode, 'exact', false) },
  {
    name: 'rxjs VirtualTimeScheduler',
    requests: REQUESTS_OF_SCHEDULER,
    run: (mode) => {
      withVirtualTimeScheduler(benchPlan(mode, REQUESTS_OF_SCHEDULER), mode, listen);
    },
  },
];

console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
);
console.log(
  `${REQUESTS} requests (${REQUESTS_OF_SCHEDULER} for VirtualTimeScheduler), ${ROUNDS} interleaved rounds\n`,
);

for (const mode of MODES) {
  const rates = variants.map((): number[] => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, { requests, run }] of variants.entries()) {
      const rate = requests / cpuSeconds(() => run(mode));
      if (round >= 0) rates[index]?.push(rate);
    }
  }
  const first = rates[0] ?? [];
  console.log(`${mode.padEnd(32)} requests/CPU-s  llmsim subscribed is`);
  for (const [index, { name }] of variants.entries()) {
    const own = rates[index] ?? [];
    const ratio = median(first.map((rate, round) => rate / (own[round] ?? Number.NaN)));
    console.log(
      `  ${name.padEnd(32)} ${Math.round(median(own)).toLocaleString('en').padStart(12)}  ${ratio.toFixed(2)} ×`,
    );
  }
  console.log('');
}
if (heard === 0) throw new Error('nobody was told anything');
