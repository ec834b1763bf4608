/** The step model on named hardware: what `validate`, `run` and `init --from-vllm` say about it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { besidesProgress, folder, llmsim } from './program.ts';

const BRIEF = ['--set', 'sim_seconds=20', '--set', 'warmup_seconds=5'];
const ESTIMATED = 'cluster_mono.replica={model: llama-3.1-8b, gpu: l4, tensor_parallel_size: 2}';

describe('validate', () => {
  it('shows the arithmetic of the KV blocks and where step times come from', async () => {
    const { code, stdout } = await llmsim(['validate', 'steps-mono']);
    expect(code).toBe(0);
    expect(stdout).toContain('4 replicas serve about');
    expect(stdout).toContain('step times measured: vLLM 0.19 kernels, op-profile, error 1.5 %');
    expect(stdout).toContain('memory 1 × 85.90 GB × 0.9 − weights 16.06 GB');
    expect(stdout).toContain('− overhead 3.00 GB = KV 58.25 GB');
    expect(stdout).toContain('KV / (131,072 B × 16 tokens) = 27,775 blocks');
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('names one hardware once, and marks an estimate and a written number of blocks', async () => {
    const disagg = await llmsim(['validate', 'steps-disagg']);
    expect(disagg.stdout.match(/step times/g)).toHaveLength(1);
    expect(disagg.stdout).toContain('prefill + decode on llama-3.1-8b/bf16/h100-sxm/tp1');
    const { stdout } = await llmsim([
      'validate',
      'steps-mono',
      '--set',
      ESTIMATED,
      '--set',
      'cluster_mono.replica.num_gpu_blocks=9',
    ]);
    expect(stdout).toContain('ESTIMATED from specifications');
    expect(stdout).toContain('4 replicas on 8 GPUs');
    expect(stdout).toContain('num_gpu_blocks is 9, as written');
  });

  it('gives the same as JSON', async () => {
    const { stdout } = await llmsim(['validate', 'steps-mono', '--json']);
    const [{ facts }] = JSON.parse(stdout);
    expect(facts.hardware).toMatchObject([
      { pool: 'replica', gpu: 'h100-sxm', num_gpu_blocks: 27775, memory: { kv_bytes_per_token: 131072 } },
    ]);
  });

  it('says by how much a model does not fit', async () => {
    const { code, stderr } = await llmsim([
      'validate',
      'steps-mono',
      '--set',
      'cluster_mono.replica={model: llama-3.1-70b, gpu: h100-sxm}',
    ]);
    expect(code).toBe(2);
    expect(stderr).toContain('llama-3.1-70b/bf16/h100-sxm/tp1 does not fit by 66.80 GB');
  });
});

describe('run', () => {
  it.each(['steps-mono', 'steps-disagg'])('%s heads its report with the hardware', async (name) => {
    const { code, stdout } = await llmsim(['run', name, ...BRIEF]);
    expect(code).toBe(0);
    const lines = stdout.split('\n');
    const verdict = lines.findIndex((line) => line.startsWith('●'));
    const head = lines.slice(0, verdict).join('\n');
    expect(head).toContain('llama-3.1-8b/bf16/h100-sxm/tp1');
    expect(head).toContain('= 27,775 blocks');
    expect(Math.max(...head.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it('advises more replicas to an overloaded pool', async () => {
    const overload = ['--request-rate', '400', '--set', 'slo={ttft_s: 0.5}'];
    const { stdout } = await llmsim(['run', 'steps-mono', ...BRIEF, ...overload]);
    const [, advised = '0'] = /--set cluster_mono\.replicas=(\d+)/.exec(stdout) ?? [];
    expect(Number(advised)).toBeGreaterThan(12);
    const { code } = await llmsim([
      ...['run', 'steps-mono', ...BRIEF, ...overload],
      ...['--set', `cluster_mono.replicas=${advised}`, '--check', '-q'],
    ]);
    expect(code).toBe(0);
  });

  it('runs again from its own result', async () => {
    const cwd = folder();
    const first = await llmsim(['run', 'steps-disagg', ...BRIEF, '-q', '-o', 'first.json'], { cwd });
    const again = await llmsim(['run', 'first.json', '-q', '-o', 'again.json'], { cwd });
    expect([first.code, again.code]).toEqual([0, 0]);
    const [a, b] = ['first.json', 'again.json'].map((file) => readFileSync(join(cwd, file), 'utf8'));
    expect(b).toBe(a);
  });
});

describe('init --from-vllm', () => {
  const COMMAND = 'vllm serve Qwen/Qwen3-32B -tp 4 --max-num-seqs 128 --max-num-batched-tokens 2048';

  it('writes a file that runs, and says on stderr what it does not hold', async () => {
    const cwd = folder();
    const init = await llmsim(['init', 'served.yaml', '--from-vllm', `${COMMAND} --port 80`], { cwd });
    expect(init.code).toBe(0);
    expect(init.stderr).toContain('note: the command names no GPU: h100-sxm is assumed');
    expect(init.stderr).toContain('note: left out, without effect on time: --port');
    const text = readFileSync(join(cwd, 'served.yaml'), 'utf8');
    expect(text).toContain(`# The server of: ${COMMAND}`);
    expect(text).toContain('preset: qwen3-32b/bf16/h100-sxm/tp4');
    const { code } = await llmsim(
      ['run', 'served.yaml', '-q', '--num-prompts', '200', '--set', 'warmup_seconds=1'],
      {
        cwd,
      },
    );
    expect(code).toBe(0);
  });

  it('makes one replica, which its run calls so', async () => {
    const cwd = folder();
    await llmsim(['init', 'served.yaml', '--from-vllm', COMMAND], { cwd });
    const run = ['run', 'served.yaml', '--num-prompts', '1', '--set', 'warmup_seconds=0'];
    const { stdout } = await llmsim([...run, '--set', 'output_tokens={mode: uniform, min: 1, max: 1}'], {
      cwd,
    });
    expect(stdout).toMatch(/^served\.yaml · mono: 1 replica · seed 42 · measured 0–0\.\d+ s$/m);
  });

  it('writes no other cluster, so that one on the same machines is compared', async () => {
    const cwd = folder();
    await llmsim(['init', 'served.yaml', '--from-vllm', `${COMMAND} -dp 2`], { cwd });
    const compare = ['compare', 'served.yaml', '--num-prompts', '30', '--set', 'warmup_seconds=0'];
    const { code, stdout, stderr } = await llmsim([...compare, '--replications', '2'], { cwd });
    expect(code).toBe(0);
    expect(stderr).toContain('cluster_disagg is taken to be the same machines');
    expect(stdout).not.toContain('number of GPUs differs');
  });

  it('names every flag that it does not know, and writes nothing', async () => {
    const cwd = folder();
    const { code, stderr } = await llmsim(
      ['init', 'x.yaml', '--from-vllm', `${COMMAND} --foo 1 --max-num-seq 2`],
      {
        cwd,
      },
    );
    expect(code).toBe(2);
    expect(stderr).toContain('--foo: this flag is not known');
    expect(stderr).toContain('--max-num-seq: this flag is not known. Did you mean --max-num-seqs?');
    expect((await llmsim(['validate', 'x.yaml'], { cwd })).stderr).toContain('there is no such file');
  });

  it('takes the GPU from --gpu, which has no meaning alone', async () => {
    const { stdout, stderr } = await llmsim(['init', '-', '--gpu', 'h200-sxm', '--from-vllm', COMMAND]);
    expect(stdout).toContain('gpu: h200-sxm');
    expect(stderr).not.toContain('assumed');
    const alone = await llmsim(['init', '-', '--gpu', 'h200-sxm']);
    expect(alone).toMatchObject({ code: 2, stderr: expect.stringContaining('--gpu goes with --from-vllm') });
    const wrong = await llmsim(['init', '-', '--gpu', 'h20', '--from-vllm', COMMAND]);
    expect(wrong.stderr).toContain('--gpu: h20 is not in the catalogue. Did you mean h200-sxm?');
  });
});

describe('a cluster that is not written', () => {
  const NOTE = 'the scenario writes cluster_mono alone; cluster_disagg is taken to be the same machines';

  it('runs on the machines of the other one, as in compare', async () => {
    const args = ['steps-mono', ...BRIEF];
    const run = await llmsim(['run', ...args, '--set', 'mode=disagg', '--json']);
    const compared = await llmsim(['compare', ...args, '--replications', '2', '--json', '-q']);
    expect({ code: run.code, said: besidesProgress(run.stderr) }).toEqual({
      code: 0,
      said: `note: ${NOTE}\n`,
    });
    const { config, num_gpus: _, ...numbers } = JSON.parse(run.stdout);
    const [, disagg] = JSON.parse(compared.stdout).options;
    expect(config).toEqual(disagg.config);
    const p99 = disagg.readings.find(({ key }: { key: string }) => key === 'ttft_s.p99');
    expect(numbers.p99_ttft_s).toBe(p99.values[0]);
    expect((await llmsim(['run', ...args, '-q'])).stderr).toBe('');
  });

  it('is checked by validate and printed with its origin', async () => {
    const set = ['--set', 'mode=disagg'];
    const validated = await llmsim(['validate', 'steps-mono', ...set]);
    expect(validated.stderr).toBe(`note: ${NOTE}\n`);
    expect(validated.stdout).toMatch(/decode pool +2 replicas/);
    const printed = await llmsim(['run', 'steps-mono', ...set, '--print-config']);
    expect(printed.stdout).toMatch(/ {2}decode_replicas: 2 +# cluster_mono\n/);
  });

  it('is changed by options, and the rest stays', async () => {
    const set = ['--set', 'mode=disagg', '--set', 'cluster_disagg.decode_replicas=3'];
    const { stdout, stderr } = await llmsim(['run', 'steps-mono', ...BRIEF, ...set, '--json']);
    expect(besidesProgress(stderr)).toBe(`note: ${NOTE}\n`);
    const { cluster_mono, cluster_disagg } = JSON.parse(stdout).config;
    expect(cluster_disagg).toMatchObject({ prefill_replicas: 2, decode_replicas: 3 });
    expect(cluster_disagg.decode_replica).toEqual(cluster_mono.replica);
  });

  it('has its problems at the keys of the other one', async () => {
    const text =
      'mode: disagg\ncluster_mono: {model: steps, routing: session, replica: {preset: llama-3.1-8b/bf16/h100-sxm/tp1}}\n';
    const { code, stderr } = await llmsim(['run', '-'], { stdin: text });
    expect(code).toBe(2);
    expect(stderr).toContain('<stdin>:2:39: routing is session');
  });
});

describe('clients that wait', () => {
  const CLOSED = ['--set', 'arrival={process: closed_loop, concurrency: 8, max_requests: 80}'];

  it('are told by validate, and doubled by the advice of run', async () => {
    const validated = await llmsim(['validate', 'example', ...CLOSED]);
    expect(validated.stdout).toMatch(/arrivals +closed loop of 8: 80 requests/);
    const { code, stdout } = await llmsim(['run', 'steps-mono', ...CLOSED, '--set', 'warmup_seconds=0']);
    expect(code).toBe(0);
    expect(stdout).toContain('--set arrival.concurrency=16');
  });

  it('have no rate', async () => {
    const stdin = 'arrival: {process: closed_loop, concurrency: 8, max_requests: 80}\n';
    const { code, stderr } = await llmsim(['run', '-', '--request-rate', '3'], { stdin });
    expect(code).toBe(2);
    expect(stderr).toContain('unknown key "rate_per_s" in arrival. rate_per_s goes with process: poisson.');
  });
});
