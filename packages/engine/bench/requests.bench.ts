/**
 * Requests per CPU-second of one million requests: ours, the same simulation as a plain loop, and a stream per
 * request on RxJS' own VirtualTimeScheduler. Ratios are medians over interleaved rounds.
 *
 * Each variant has a process of its own, so that none runs on code compiled for the shapes of another.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus, loadavg } from 'node:os';
import type { Observable } from 'rxjs';
import { type QuantileMethod, Simulation } from '../src/index.ts';
import { benchPlan } from './cases.ts';
import { cpuSeconds, median } from './measure.ts';
import { plainLoop } from './plain-loop.ts';
import { withVirtualTimeScheduler } from './virtual-time-scheduler.ts';

const REQUESTS = 1_000_000;
const ROUNDS = 3;
/** Code is compiled anew in the first two runs of a process. */
const WARM_UPS = 2;
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
  readonly warmUps: number;
  readonly listens: boolean;
  readonly run: (mode: Mode) => void;
}

const variants: readonly Variant[] = [
  {
    name: 'llmsim, all streams subscribed',
    warmUps: WARM_UPS,
    listens: true,
    run: (mode) => ours(mode, 'histogram', true),
  },
  {
    name: 'plain loop, all callbacks',
    warmUps: WARM_UPS,
    listens: true,
    run: (mode) => {
      const recorder = plainLoop(benchPlan(mode, REQUESTS), mode, listen);
      recorder.ttft_s.summary();
    },
  },
  {
    name: 'llmsim, nobody listens',
    warmUps: WARM_UPS,
    listens: false,
    run: (mode) => ours(mode, 'histogram', false),
  },
  {
    name: 'llmsim, exact quantiles',
    warmUps: WARM_UPS,
    listens: false,
    run: (mode) => ours(mode, 'exact', false),
  },
  {
    name: 'rxjs VirtualTimeScheduler',
    // Half a minute a run: what it is compiled in does not show.
    warmUps: 0,
    listens: true,
    run: (mode) => {
      withVirtualTimeScheduler(benchPlan(mode, REQUESTS), mode, listen);
    },
  },
];

/** In the process of a variant: runs once for each message and answers with requests per CPU-second. */
function answer(mode: Mode, { name, listens, run }: Variant): void {
  process.on('message', () => {
    const seconds = cpuSeconds(() => run(mode));
    if (listens !== heard > 0) throw new Error(`${name}: ${heard} events were told`);
    process.send?.(REQUESTS / seconds);
  });
}

async function measured(mode: Mode): Promise<readonly number[][]> {
  const processes = variants.map((_, index) => fork(process.argv[1] ?? '', [mode, String(index)]));
  const rates = variants.map((): number[] => []);
  for (let round = -WARM_UPS; round < ROUNDS; round++) {
    for (const [index, child] of processes.entries()) {
      if (round < 0 && -round > (variants[index]?.warmUps ?? 0)) continue;
      child.send('run');
      const [rate] = await Promise.race([once(child, 'message'), once(child, 'exit').then(fail)]);
      if (round >= 0) rates[index]?.push(Number(rate));
    }
  }
  for (const child of processes) child.disconnect();
  return rates;
}

function fail(): never {
  throw new Error('a variant broke off');
}

const [mode, index] = process.argv.slice(2);
const variant = variants[Number(index)];
if (variant !== undefined && (mode === 'mono' || mode === 'disagg')) {
  answer(mode, variant);
} else {
  console.log(
    `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
  );
  console.log(`${REQUESTS} requests, ${ROUNDS} interleaved rounds\n`);
  for (const mode of MODES) {
    const rates = await measured(mode);
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
