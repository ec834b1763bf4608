/**
 * What cores bring on this machine: the same runs with one thread on one core and with as many threads as there are
 * cores, in turn, each in a process of its own. By the wall clock, which counts only where cores are free, and by CPU
 * time, which others on the machine do not change much: what it grows by is what threads cost, since each starts and
 * compiles alone.
 *
 * The runner's work begins with its first cell and ends with its last report; a command takes its start and its end too.
 * Beside the runner's work stands what the machine allows: as many programs as threads, each with its share of the runs.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism, cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { runAll } from '@llmsim/analysis';
import { defaultConfig } from '@llmsim/config';
import type { ScenarioCell } from '../src/running/scenario-cell.ts';
import { withRunner } from '../src/running/with-runner.ts';

const ROUNDS = 3;
/** Runs of a sweep: from a little over 2 s of work on, of which the aim speaks. */
const SIZES = [40, 80, 160] as const;
const AIM = 1.6;
const SIM_SECONDS = 60_000;
const dist = join(process.cwd(), 'apps/cli/dist');
const threads = availableParallelism();

interface Taken {
  readonly wall_s: number;
  readonly cpu_s: number;
}

/** The cells of both modes, run here. */
async function work(runs: number, threads: number): Promise<Taken> {
  const config = { ...defaultConfig(), sim_seconds: SIM_SECONDS, quantiles: 'histogram' as const };
  const cells = (['mono', 'disagg'] as const).flatMap((mode) =>
    Array.from(
      { length: runs / 2 },
      (_, seed): ScenarioCell => ({
        config: { ...config, mode, random_seed: seed },
        trace: null,
        pilot_seed: seed,
      }),
    ),
  );
  const started = performance.now();
  const before = process.cpuUsage();
  let wall_s = Number.NaN;
  const options = { cells: runs, cache: false, threads, worker_file: join(dist, 'cell.worker.js') };
  await withRunner(options, async (runner) => {
    for await (const outcome of runAll(runner, cells)) if ('error' in outcome) throw outcome.error;
    wall_s = (performance.now() - started) / 1000;
  });
  const { user, system } = process.cpuUsage(before);
  return { wall_s, cpu_s: (user + system) / 1e6 };
}

/** One thread is held on one core where `taskset` can: V8 compiles and collects garbage beside it where it has more. */
const canHold = spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** What to start, and with what arguments. */
function commandLine(script: string, args: readonly string[], core: number | null): [string, string[]] {
  const line = [script, ...args];
  return core !== null && canHold
    ? ['taskset', ['-c', String(core), process.execPath, ...line]]
    : [process.execPath, line];
}

async function ofRunner(
  runs: number,
  threads: number,
  core: number | null = threads === 1 ? 0 : null,
): Promise<Taken> {
  const line = commandLine(process.argv[1] ?? '', [String(runs), String(threads)], core);
  const child = spawn(...line, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  const [taken] = await once(child, 'message');
  return taken;
}

/** Programs side by side that know nothing of each other, with one thread and core each. */
async function ofPrograms(runs: number, programs: number): Promise<Taken> {
  // As many of both modes.
  const share = 2 * Math.ceil(runs / programs / 2);
  const all = await Promise.all(Array.from({ length: programs }, (_, core) => ofRunner(share, 1, core)));
  return {
    wall_s: Math.max(...all.map(({ wall_s }) => wall_s)),
    cpu_s: all.reduce((sum, { cpu_s }) => sum + cpu_s, 0),
  };
}

async function ofCommand(runs: number, threads: number): Promise<Taken> {
  const before = cpuOfChildren();
  const started = performance.now();
  const args = [
    ...['sweep', '--vary', 'mode=mono,disagg', '--replications', String(runs / 2), '--no-cache', '--json'],
    ...['--set', `sim_seconds=${SIM_SECONDS}`, '--set', 'quantiles=histogram', '--threads', String(threads)],
  ];
  const line = commandLine(join(dist, 'main.js'), args, threads === 1 ? 0 : null);
  const { status } = spawnSync(...line, { stdio: 'ignore' });
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

async function compareThreads(
  name: string,
  runs: number,
  time: typeof ofRunner,
  what = 'threads',
): Promise<void> {
  const rounds: { readonly wall: number; readonly cpu: number; readonly alone_s: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const load = loadavg()[0]?.toFixed(2);
    const one = await time(runs, 1);
    const many = await time(runs, threads);
    const [wall, cpu] = [one.wall_s / many.wall_s, many.cpu_s / one.cpu_s];
    // Cores that one thread does not get tell as much of the machine as those that all of them do not get.
    const cores = [one, many].map(({ cpu_s, wall_s }) => (cpu_s / wall_s).toFixed(2)).join(' and ');
    console.log(
      `  one ${shown(one)} · ${threads} ${what} ${shown(many)}: ${wall.toFixed(2)} ×, ` +
        `CPU time ${cpu.toFixed(2)} ×, on ${cores} cores; load ${load}`,
    );
    rounds.push({ wall, cpu, alone_s: one.wall_s });
  }
  const of = (key: 'wall' | 'cpu' | 'alone_s'): string => median(rounds.map((each) => each[key])).toFixed(2);
  console.log(`${runs} runs, ${name}, ${of('alone_s')} s: ${of('wall')} ×, CPU time ${of('cpu')} ×`);
}

const [runs, one] = process.argv.slice(2);
if (runs !== undefined && one !== undefined) {
  process.send?.(await work(Number(runs), Number(one)), () => process.disconnect());
} else {
  if (!existsSync(join(dist, 'main.js'))) throw new Error('Build the program first: pnpm build');
  console.log(`node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}`);
  console.log(
    `Aim of the runner: ${threads} cores give ${AIM} × one on work over 2 s` +
      (canHold ? '' : '; one thread has them all here: no taskset'),
  );
  for (const size of SIZES) {
    await compareThreads("the runner's work", size, ofRunner);
    await compareThreads('programs side by side', size, ofPrograms, 'programs');
    await compareThreads('the whole command', size, ofCommand);
  }
}
