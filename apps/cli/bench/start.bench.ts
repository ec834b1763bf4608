/**
 * How long the built program takes from start to exit: wall clock, median and range, the commands in turn, and beside
 * them Node with nothing to do.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 15;
const program = join(process.cwd(), 'apps/cli/dist/main.js');
const COMMANDS = [
  { name: 'node alone', args: ['--eval', ''], aim: '' },
  { name: 'llmsim --help', args: [program, '--help'], aim: ', aim 150 ms' },
  { name: 'llmsim run', args: [program, 'run'], aim: ', aim 400 ms' },
] as const;

if (!existsSync(program)) throw new Error('Build the program first: pnpm build');

const times = COMMANDS.map((): number[] => []);
for (let round = -1; round < ROUNDS; round++) {
  for (const [index, { name, args }] of COMMANDS.entries()) {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, args, { stdio: 'ignore' });
    if (status !== 0) throw new Error(`${name} exited with ${status}`);
    if (round >= 0) times[index]?.push(performance.now() - start);
  }
}

console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
);
for (const [index, { name, aim }] of COMMANDS.entries()) {
  const sorted = (times[index] ?? []).sort((a, b) => a - b);
  const ms = (at: number): string => `${(sorted[at] ?? Number.NaN).toFixed(0)} ms`;
  console.log(`${name.padEnd(16)} ${ms(ROUNDS >> 1)} (${ms(0)} to ${ms(ROUNDS - 1)})${aim}`);
}
