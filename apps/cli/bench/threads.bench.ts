/**
 * What threads bring on this machine: the same sweeps by the built program with one thread and with as many as the
 * machine runs at once, in turn. By the wall clock, which counts only where cores are free, and by CPU time, which
 * others on the machine do not change much: what it grows by is what threads cost, since each starts and compiles alone.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 3;
/** Runs of a sweep: about 2.5, 6 and 12 s of work on a machine of 2024. */
const SIZES = [32, 80, 160] as const;
const AIM = 1.6;
const program = join(process.cwd(), 'apps/cli/dist/main.js');
const threads = availableParallelism();
if (!existsSync(program)) throw new Error('Build the program first: pnpm build');

interface Taken {
  readonly wall_s: number;
  readonly cpu_s: number;
}

/** The whole program, the start of Node and of threads included. */
function time(runs: number, ...options: string[]): Taken {
  const before = cpuOfChildren();
  const started = performance.now();
  const { status } = spawnSync(
    process.execPath,
    [
      ...[program, 'sweep', '--vary', 'mode=mono,disagg', '--replications', String(runs / 2), '--no-cache'],
      ...['--json', '--set', 'sim_seconds=60000', '--set', 'quantiles=histogram', ...options],
    ],
    { stdio: 'ignore' },
  );
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

const shown = ({ wall_s, cpu_s }: Taken): string => `${wall_s.toFixed(2)} s (CPU ${cpu_s.toFixed(2)} s)`;
const load = (): string => `load ${loadavg()[0]?.toFixed(2)}`;

console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
for (const runs of SIZES) {
  const start = time(runs, '--dry-run');
  const rounds = Array.from({ length: ROUNDS }, () => {
    const before = load();
    const [one, many] = [time(runs, '--threads', '1'), time(runs, '--threads', String(threads))];
    const wall = one.wall_s / many.wall_s;
    const cpu = many.cpu_s / one.cpu_s;
    // Cores that one thread does not get tell as much of the machine as those that all of them do not get.
    const cores = [one, many].map(({ cpu_s, wall_s }) => (cpu_s / wall_s).toFixed(2)).join(' and ');
    console.log(
      `  1 thread ${shown(one)} · ${threads} threads ${shown(many)}: ${wall.toFixed(2)} ×, ` +
        `CPU time ${cpu.toFixed(2)} ×, on ${cores} cores; ${before}`,
    );
    return { wall, cpu, work_s: one.cpu_s - start.cpu_s };
  });
  const of = (key: 'wall' | 'cpu' | 'work_s'): string => median(rounds.map((each) => each[key])).toFixed(2);
  console.log(
    `${runs} runs, ${of('work_s')} CPU-seconds after a start of ${shown(start)}: ${of('wall')} ×, ` +
      `CPU time ${of('cpu')} ×; aim ${AIM} × where ${threads} cores are free`,
  );
}
