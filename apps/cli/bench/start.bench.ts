/** How long the built program takes from start to exit: wall clock, median and range, the commands in turn. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';

const ROUNDS = 15;
const COMMANDS = [
  { args: ['--help'], limit_ms: 150 },
  { args: ['run'], limit_ms: 400 },
] as const;
const program = join(process.cwd(), 'apps/cli/dist/main.js');

if (!existsSync(program)) throw new Error('Build the program first: pnpm build');

const times = COMMANDS.map((): number[] => []);
for (let round = -1; round < ROUNDS; round++) {
  for (const [index, { args }] of COMMANDS.entries()) {
    const start = performance.now();
    const { status } = spawnSync(process.execPath, [program, ...args], { stdio: 'ignore' });
    if (status !== 0) throw new Error(`llmsim ${args.join(' ')} exited with ${status}`);
    if (round >= 0) times[index]?.push(performance.now() - start);
  }
}

console.log(
  `node ${process.version}, ${cpus().length} × ${cpus()[0]?.model}, load ${loadavg()[0]?.toFixed(2)}`,
);
for (const [index, { args, limit_ms }] of COMMANDS.entries()) {
  const sorted = (times[index] ?? []).sort((a, b) => a - b);
  const ms = (at: number): string => `${(sorted[at] ?? Number.NaN).toFixed(0)} ms`;
  const name = `llmsim ${args.join(' ')}`.padEnd(16);
  console.log(`${name} ${ms(ROUNDS >> 1)} (${ms(0)} to ${ms(ROUNDS - 1)}), aim ${limit_ms} ms`);
}
