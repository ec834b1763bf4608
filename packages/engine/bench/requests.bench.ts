/**
 * Requests per CPU-second of one million requests: ours, the same simulation as a plain loop, and a stream per
 * request on RxJS' own VirtualTimeScheduler. Ratios are medians over interleaved rounds.
 */
import { cpus, loadavg } from 'node:os';
import type { Observable } from 'rxjs';
import { type QuantileMethod, Simulation } from '../src/index.ts';
import { benchPlan } from './cases.ts';
import { answer, inTurns } from './in-turns.ts';
import { cpuSeconds, median } from './measure.ts';
import { plainLoop } from './plain-loop.ts';
import { withVirtualTimeScheduler } from './virtual-time-scheduler.ts';

const REQUESTS = 1_000_000;
const ROUNDS = 3;
/** Runs a turn: a run takes half a second, and what else the machine does comes in pieces longer than that. */
const RUNS = 5;
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

interface Variant {
  readonly name: string;
  readonly runs: number;
  readonly listens: boolean;
  readonly run: (mode: Mode) => void;
}

const variants: readonly Variant[] = [
  {
    name: 'llmsim, all streams subscribed',
    runs: RUNS,
    listens: true,
    run: (mode) => ours(mode, 'histogram', true),
  },
  {
    name: 'plain loop, all callbacks',
    runs: RUNS,
    listens: true,
    run: (mode) => {
      const recorder = plainLoop(benchPlan(mode, REQUESTS), mode, listen);
      recorder.ttft_s.summary();
    },
  },
  {
    name: 'llmsim, nobody listens',
    runs: RUNS,
    listens: false,
    run: (mode) => ours(mode, 'histogram', false),
  },
  {
    name: 'llmsim, exact quantiles',
    runs: RUNS,
    listens: false,
    run: (mode) => ours(mode, 'exact', false),
  },
  {
    name: 'rxjs VirtualTimeScheduler',
    // Half a minute a run.
    runs: 1,
    listens: true,
    run: (mode) => {
      withVirtualTimeScheduler(benchPlan(mode, REQUESTS), mode, listen);
    },
  },
];

/** Requests per CPU-second. */
function measured(mode: Mode, { name, listens, runs, run }: Variant): number {
  const seconds = cpuSeconds(() => {
    for (let left = runs; left > 0; left--) run(mode);
  });
  if (listens !== heard > 0) throw new Error(`${name}: ${heard} events were told`);
  return (runs * REQUESTS) / seconds;
}

const [mode, index] = process.argv.slice(2);
const variant = variants[Number(index)];
if (variant !== undefined && (mode === 'mono' || mode === 'disagg')) {
  answer(() => measured(mode, variant));
} else {
  console.log(
    `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
  );
  console.log(`${REQUESTS} requests, ${ROUNDS} interleaved rounds of ${RUNS} runs\n`);
  for (const mode of MODES) {
    // What half a minute is compiled in does not show.
    const turns = variants.map(({ runs }, index) => ({
      args: [mode, String(index)],
      warmUps: runs > 1 ? 1 : 0,
    }));
    const rates = await inTurns<number>(turns, ROUNDS);
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
}
