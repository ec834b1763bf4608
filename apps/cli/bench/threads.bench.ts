/**
 * What threads bring on this machine: the same cells in one thread and in as many as it runs at once, in turn.
 * Wall clock, and CPU time of the process, which tells how much of the wall clock others had.
 */
import { existsSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { runAll } from '@llmsim/analysis';
import { defaultConfig } from '@llmsim/config';
import { whereWorthwhile } from '../src/running/where-worthwhile.ts';

const ROUNDS = 5;
const CELLS = 40;
const AIM = 1.6;
const worker_file = join(process.cwd(), 'apps/cli/dist/cell.worker.js');
if (!existsSync(worker_file)) throw new Error('Build the program first: pnpm build');

const config = { ...defaultConfig(), sim_seconds: 10_000 };
const cells = Array.from({ length: CELLS }, (_, random_seed) => ({
  config: { ...config, random_seed },
  trace: null,
}));

/** Seconds of the wall clock and of the CPU that all cells take, the start of threads included. */
async function time(threads: number): Promise<{ wall_s: number; cpu_s: number }> {
  const runner = whereWorthwhile({ threads, cells: CELLS, worker_file });
  const started = performance.now();
  const cpu = process.cpuUsage();
  for await (const outcome of runAll(runner, cells)) if ('error' in outcome) throw outcome.error;
  const wall_s = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  await runner.close();
  return { wall_s, cpu_s: (user + system) / 1e6 };
}

const threads = availableParallelism();
console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}; ${CELLS} runs`,
);
await time(1);
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const [one, many] = [await time(1), await time(threads)];
  ratios.push(one.wall_s / many.wall_s);
  const shown = ({ wall_s, cpu_s }: typeof one): string =>
    `${wall_s.toFixed(2)} s (CPU ${cpu_s.toFixed(2)} s, ${(cpu_s / wall_s).toFixed(2)} cores)`;
  console.log(`1 thread ${shown(one)} · ${threads} threads ${shown(many)}: ${ratios.at(-1)?.toFixed(2)} ×`);
}
console.log(`best ${Math.max(...ratios).toFixed(2)} ×, aim ${AIM} × with two idle cores`);
