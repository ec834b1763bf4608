/** `llmsim plan`: its answer is what the runs say, its exit codes, files, and what it refuses. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { folder, llmsim } from '../program.ts';

const CHAT = `sim_seconds: 60
warmup_seconds: 6
arrival: {rate_per_s: 10}
prompt_tokens: {mode: real_mean_std, mean: 1024, std: 512}
output_tokens: {mode: p50_p90, p50: 128, p90: 512}
cluster_mono: {num_gpus: 1, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000}
cluster_disagg: {prefill_gpus: 1, decode_gpus: 1, prefill_tokens_per_s: 8000, decode_tokens_per_s: 2000}
slo: {ttft_s: 0.5}
`;

function plan(args: readonly string[], files: Readonly<Record<string, string>> = { 'chat.yaml': CHAT }) {
  const cwd = folder(files);
  const env = { XDG_CACHE_HOME: join(cwd, 'cache') };
  return llmsim(['plan', ...args], { cwd, env }).then((ran) => ({ ...ran, cwd }));
}

const SMALL = ['chat.yaml', '--attain', '0.9', '--max-gpus', '8'];

describe('plan', () => {
  it('takes the fewest GPUs, as single runs confirm', async () => {
    const { code, stdout, cwd } = await plan([...SMALL, '--json']);
    expect(code).toBe(0);
    const { smallest, examined, candidates } = JSON.parse(stdout);
    expect(smallest.mode).toBe('mono');
    // The plan's numbers are means over the runs of the second decision: behind the 20 seeds that a first one may take.
    const attainments = [];
    for (let run = 0; run < smallest.evidence.runs; run++) {
      const set = ['--set', `cluster_mono.num_gpus=${smallest.gpus}`, '--seed', `${42 + 20 + run}`];
      const ran = await llmsim(['run', 'chat.yaml', ...set, '--json'], { cwd });
      attainments.push(JSON.parse(ran.stdout).report.slo.attainment);
    }
    const mean = attainments.reduce((sum, share) => sum + share, 0) / attainments.length;
    expect(smallest.evidence.attainment).toBeCloseTo(mean, 12);
    expect(mean).toBeGreaterThanOrEqual(0.9);
    // One fewer was rejected, and everything smaller with it.
    const smaller = candidates.filter(({ gpus }: { gpus: number }) => gpus < smallest.gpus);
    expect(
      smaller.every(({ passes, reason }: { passes: boolean; reason: string }) => !passes && reason),
    ).toBe(true);
    expect(examined.length).toBeLessThan(candidates.length);
  });

  it('writes a row for each candidate, and the report', async () => {
    const { code, stdout, cwd } = await plan([...SMALL, '-o', 'plan.csv', '-o', 'plan.md']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^✓ Take mono with \d GPUs\. Of the requests/m);
    expect(Math.max(...stdout.split('\n').map(({ length }) => length))).toBeLessThanOrEqual(80);
    const rows = parse<Record<string, string>>(readFileSync(join(cwd, 'plan.csv')), { columns: true });
    expect(rows).toHaveLength(8 + (7 * 8) / 2);
    const overloaded = rows.filter(({ known }) => known === 'offered_load');
    expect(overloaded.every(({ offered_load }) => Number(offered_load) >= 1)).toBe(true);
    expect(readFileSync(join(cwd, 'plan.md'), 'utf8')).toMatch(/^# Capacity for 10\.0 req\/s/);
  });

  it('answers again without simulating, in the same bytes', async () => {
    const first = await plan([...SMALL, '--json']);
    const env = { XDG_CACHE_HOME: join(first.cwd, 'cache') };
    const again = await llmsim(['plan', ...SMALL, '--json'], { cwd: first.cwd, env });
    expect(again.stdout).toBe(first.stdout);
  });

  it('exits with 3 and the nearest miss when nothing passes', async () => {
    const { code, stdout } = await plan(['chat.yaml', '--rate', '50', '--max-gpus', '4']);
    expect(code).toBe(3);
    expect(stdout).toMatch(/✗ No cluster of up to 4 GPUs passes at 50\.0 req\/s\./);
    expect(stdout).toMatch(/Nearest miss: /);
  });

  it('compares prices, and names the one that is missing', async () => {
    const { code, stdout } = await plan([...SMALL, '--price', 'gpu=2.5', '--json']);
    expect(code).toBe(0);
    const { cheapest } = JSON.parse(stdout);
    expect(cheapest.price_per_hour).toBe(2.5 * cheapest.gpus);
    const steps = await plan(['steps-mono', '--price', 'l4=1']);
    expect(steps.code).toBe(2);
    expect(steps.stderr).toMatch(/The price of h100-sxm is missing/);
  });

  it('refuses a run so short that nobody arrives in its measurement window', async () => {
    const short = ['plan', 'example', '--rate', '1', '--max-gpus', '2', '--set', 'sim_seconds=60.01'];
    const { code, stderr } = await llmsim(short);
    expect(code).toBe(2);
    expect(stderr).toMatch(
      /^error: No request arrived in the measurement window of the run with seed \d+: nothing can be judged\. Raise sim_seconds\.$/m,
    );
    expect(stderr).not.toMatch(/^ {4}at /m);
  });

  it('--dry-run counts and simulates nothing', async () => {
    const { code, stdout } = await plan([...SMALL, '--dry-run']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^36 clusters in all: a grid of 108 simulations/m);
  });

  it('keeps what it has on Ctrl-C', async () => {
    const cwd = folder({ 'chat.yaml': CHAT });
    const env = { XDG_CACHE_HOME: join(cwd, 'cache') };
    // Two hundred million requests.
    const args = ['plan', 'chat.yaml', '--rate', '400', '--set', 'sim_seconds=2000', '--max-gpus', '300'];
    const { code, stdout } = await llmsim(args, { cwd, env, interruptAt: / done ·/ });
    expect(code).toBe(130);
    expect(stdout).toMatch(/Stopped before the end/);
    expect(stdout).not.toMatch(/instead of [\d,]+\s+for the\s+grid/);
  });
});

describe('plan refuses', () => {
  it.each([
    ['no SLO', ['nothing.yaml'], /plan needs an SLO/],
    ['an SLO below a decode step', [...SMALL, '--goodput', 'tpot:0.1'], /tpot:0\.1 can never be met/],
    ['an SLO below a prefill', [...SMALL, '--goodput', 'ttft:1'], /ttft:1 can never be met/],
    [
      'requests that fit no replica',
      [
        'chat.yaml',
        '--goodput',
        'ttft:500',
        'tpot:50',
        '--set',
        'cluster_mono={model: steps, replica: {num_gpu_blocks: 1}}',
        '--mode',
        'mono',
      ],
      /No request gets a first token, even alone on a cluster: each needs more KV blocks than a replica has/,
    ],
    ['a share above 1', ['chat.yaml', '--attain', '99'], /at most 1, such as 0\.99/],
    ['clients that wait', ['closed.yaml'], /have no rate to plan for/],
    [
      'an unknown preset',
      ['chat.yaml', '--preset', 'llama-3.1-8b/bf16/h100/tp1'],
      /Did you mean llama-3\.1-8b\/bf16\/h100-sxm\/tp1\?/,
    ],
    ['an unknown GPU', ['steps-mono', '--gpu', 'h10-sxm'], /Did you mean h100-sxm\?/],
    ['a GPU without a model', ['chat.yaml', '--gpu', 'l4'], /need a model/],
    ['an unknown mode', ['chat.yaml', '--mode', 'both'], /it takes mono, disagg or mono,disagg/],
    ['a price that is none', ['chat.yaml', '--price', 'h100-sxm'], /it takes GPU=PRICE/],
    ['an unknown format', [...SMALL, '-o', 'plan.pdf'], /Cannot tell the format/],
  ])('%s', async (_, args, message) => {
    const closed = 'arrival: {process: closed_loop, concurrency: 4, max_requests: 40}\nslo: {ttft_s: 1}\n';
    const files = { 'chat.yaml': CHAT, 'nothing.yaml': 'mode: mono\n', 'closed.yaml': closed };
    const { code, stderr, stdout } = await plan(args, files);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(message);
  });
});
