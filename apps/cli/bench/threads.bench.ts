/**
 * What threads bring on this machine: the same sweep by the built program with one thread and with as many as the
 * machine runs at once, in turn: by the wall clock, and by CPU time, which others on the machine do not change much.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 3;
const AIM = 1.6;
const program = join(process.cwd(), 'apps/cli/dist/main.js');
const sweep = [
  ...['sweep', '--vary', 'mode=mono,disagg', '--replications', '20', '--no-cache', '--json'],
  ...['--set', 'sim_seconds=60000', '--set', 'quantiles=histogram'],
];
if (!existsSync(program)) throw new Error('Build the program first: pnpm build');

interface Taken {
  readonly wall_s: number;
  readonly cpu_s: number;
}

/** The whole program, the start of Node and of threads included. */
function time(threads: number): Taken {
  const before = cpuOfChildren();
  const started = performance.now();
  const { status } = spawnSync(process.execPath, [program, ...sweep, '--threads', String(threads)], {
    stdio: 'ignore',
  });
  if (status !== 0) throw new Error(`llmsim sweep exited with ${status}`);
  return { wall_s: (performance.now() - started) / 1000, cpu_s: cpuOfChildren() - before };
}

/** CPU seconds of all programs that were waited for, in hundredths as Linux counts them; NaN elsewhere. */
function cpuOfChildren(): number {
  if (!existsSync('/proc/self/stat')) return Number.NaN;
  const fields = readFileSync('/proc/self/stat', 'utf8')
    .replace(/^.*\) /, '')
    .split(' ');
  return (Number(fields[13]) + Number(fields[14])) / 100;
}

const threads = availableParallelism();
console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}; 40 runs`,
);
const ratios: number[] = [];
for (let round = 0; round < ROUNDS; round++) {
  const [one, many] = [time(1), time(threads)];
  ratios.push(one.wall_s / many.wall_s);
  const shown = ({ wall_s, cpu_s }: Taken): string => `${wall_s.toFixed(2)} s (CPU ${cpu_s.toFixed(2)} s)`;
  console.log(
    `1 thread ${shown(one)} · ${threads} threads ${shown(many)}: ${ratios.at(-1)?.toFixed(2)} ×, ` +
      `CPU time ${(many.cpu_s / one.cpu_s).toFixed(2)} ×`,
  );
}
console.log(`best ${Math.max(...ratios).toFixed(2)} ×, aim ${AIM} × where ${threads} cores are free`);
