/** The capacity plan of the example at 50 requests a second within 64 GPUs: CPU time of all threads, and how many runs. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const LIMIT_S = 60;
const ARGS = 'plan example --rate 50 --goodput ttft:500 tpot:50 --attain 0.99 --max-gpus 64 --json'.split(
  ' ',
);
const program = join(process.cwd(), 'apps/cli/dist/main.js');

if (!existsSync(program)) throw new Error('Build the program first: pnpm build');

// A cache of its own: nothing that ran before helps. The shell counts the CPU time of what it started.
const cache = mkdtempSync(join(tmpdir(), 'llmsim-bench-'));
const { status, stdout, stderr } = spawnSync(
  'bash',
  ['-c', '"$@" 2> /dev/null && times >&2', 'bash', process.execPath, program, ...ARGS],
  { encoding: 'utf8', maxBuffer: 1 << 28, env: { ...process.env, XDG_CACHE_HOME: cache } },
);
rmSync(cache, { recursive: true, force: true });
if (status !== 0) throw new Error(`llmsim ${ARGS.join(' ')} exited with ${status}`);

const [, user = '', system = ''] = /(\d+m[\d.]+s) (\d+m[\d.]+s)\s*$/.exec(stderr) ?? [];
const cpu_s = [user, system].reduce((sum, text) => {
  const [minutes = '0', seconds = '0'] = text.replace('s', '').split('m');
  return sum + 60 * Number(minutes) + Number(seconds);
}, 0);
const { runs, headroom_runs, grid_runs, smallest } = JSON.parse(stdout);
console.log(`node ${process.version}, load ${loadavg()[0]?.toFixed(2)}`);
console.log(`llmsim ${ARGS.join(' ')}`);
console.log(
  `${smallest.candidate}: ${runs - headroom_runs} runs instead of ${grid_runs}, ${headroom_runs} for headroom; ` +
    `${cpu_s.toFixed(1)} CPU-seconds, aim ${LIMIT_S}`,
);
