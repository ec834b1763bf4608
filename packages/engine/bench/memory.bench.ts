/**
 * Peak memory of five million requests with histogram quantiles, above that of a Node process that loads the same
 * bundle and simulates nothing. Each size runs in a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { simulate } from '../src/index.ts';
import { benchPlan } from './cases.ts';

const SIZES = [0, 1_000_000, 5_000_000];
const asked = process.env.LLMSIM_BENCH_REQUESTS;

if (asked !== undefined) {
  const requests = Number(asked);
  if (requests > 0)
    simulate(benchPlan(process.env.LLMSIM_BENCH_MODE === 'disagg' ? 'disagg' : 'mono', requests));
  console.log(process.resourceUsage().maxRSS / 1024);
} else {
  for (const mode of ['mono', 'disagg']) {
    const peaks = SIZES.map((requests) => {
      const env = { ...process.env, LLMSIM_BENCH_REQUESTS: String(requests), LLMSIM_BENCH_MODE: mode };
      const { stdout } = spawnSync(process.execPath, [fileURLToPath(import.meta.url)], {
        env,
        encoding: 'utf8',
      });
      return Number(stdout);
    });
    for (const [index, requests] of SIZES.entries()) {
      const above = (peaks[index] ?? 0) - (peaks[0] ?? 0);
      console.log(
        `${mode.padEnd(8)} ${requests.toLocaleString('en').padStart(10)} requests: ` +
          `peak ${peaks[index]?.toFixed(1)} MiB, ${above.toFixed(1)} MiB above Node's own`,
      );
    }
  }
}
