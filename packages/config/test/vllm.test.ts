/** `vllm serve` commands as configurations: what each flag becomes, and which ones are named instead. */
import { describe, expect, it } from 'vitest';
import { formatProblem, fromVllmServe, type ServeOptions, toYaml } from '../src/index.ts';
import { configOf } from './loading.ts';

function served(command: string, options: ServeOptions = { gpu: 'h100-sxm' }) {
  const result = fromVllmServe(command, options);
  if (!result.ok) throw new Error(result.problems.map(formatProblem).join('\n'));
  return { cluster: result.config.cluster_mono, notes: result.notes, config: result.config };
}

function refused(command: string, options: ServeOptions = { gpu: 'h100-sxm' }): string[] {
  const result = fromVllmServe(command, options);
  return result.ok ? [] : result.problems.map(formatProblem);
}

const LLAMA = 'vllm serve meta-llama/Llama-3.1-8B-Instruct';

describe('a command', () => {
  it.each([
    ['goes on in the background', `${LLAMA} --max-num-seqs 8 &`],
    ['sends its output elsewhere', `${LLAMA} --max-num-seqs 8 > vllm.log 2>&1 &`],
    ['is one of two', `${LLAMA} --max-num-seqs 8 && echo done`],
    ['has a comment', `$ ${LLAMA} --max-num-seqs 8 # on one GPU, "mine`],
    ['has a comment above', `# the server\n${LLAMA} --max-num-seqs 8`],
  ])('%s: the shell reads that', (_, command) => {
    expect(served(command).cluster).toMatchObject({ replica: { max_num_seqs: 8 } });
  });

  it.each(['vllm bench serve --model Qwen/Qwen3-32B', 'python3 benchmarks/benchmark_serving.py --model x'])(
    'of a client is none: %s',
    (command) => {
      expect(refused(command)).toEqual([
        'the command starts the client that measures a server. Give the command of that server: vllm serve MODEL.',
      ]);
    },
  );

  it('becomes a cluster with its limits', () => {
    const command = `vllm serve Qwen/Qwen3-32B --tensor-parallel-size 2 --max-num-seqs 128
      --max-num-batched-tokens 2048 --no-enable-chunked-prefill --block-size 32 --gpu-memory-utilization 0.85
      --data-parallel-size 3 --kv-cache-dtype fp8 --no-enable-prefix-caching --no-async-scheduling`;
    expect(served(command)).toMatchObject({
      cluster: {
        model: 'steps',
        replicas: 3,
        replica: {
          preset: 'qwen3-32b/bf16/h100-sxm/tp2',
          max_num_seqs: 128,
          max_num_batched_tokens: 2048,
          enable_chunked_prefill: false,
          block_size: 32,
          gpu_memory_utilization: 0.85,
          kv_cache_dtype: 'fp8',
          enable_prefix_caching: false,
          async_scheduling: false,
        },
      },
      notes: [],
    });
  });

  it('schedules ahead unless it says otherwise', () => {
    const { cluster, notes } = served(LLAMA);
    expect(cluster).toMatchObject({ replica: { async_scheduling: true } });
    expect(notes.join()).toContain('--no-async-scheduling');
    const said = served(`${LLAMA} --async-scheduling`);
    expect(said.cluster).toEqual(cluster);
    expect(said.notes.join()).not.toContain('async');
  });

  it('keeps prefixes when it says so', () => {
    const { cluster, notes } = served(`${LLAMA} --enable-prefix-caching`);
    expect(cluster).toMatchObject({ replica: { enable_prefix_caching: true } });
    expect(notes.join()).not.toContain('prefix');
  });

  it('may be written with =, underscores, short names, quotes and continued lines', () => {
    const plain = served(`${LLAMA} --tensor-parallel-size 2 --max-num-seqs 8 --max-num-batched-tokens 64`);
    const other = served(
      'vllm serve --max_num_seqs=8 \\\n  -tp 2 "--max-num-batched-tokens" \'64\' --model meta-llama/Llama-3.1-8B-Instruct',
    );
    expect(other).toEqual(plain);
    const module = 'python -m vllm.entrypoints.openai.api_server --model meta-llama/Llama-3.1-8B-Instruct';
    expect(served(`${module} -tp 2 --max-num-seqs 8 --max-num-batched-tokens 64`)).toEqual(plain);
  });

  it.each([
    ['8k', 8000],
    ['8K', 8192],
    ['2.5k', 2500],
    ['1M', 1_048_576],
  ])('may give its budget as %s', (written, tokens) => {
    expect(served(`${LLAMA} --max-num-batched-tokens ${written}`).cluster).toMatchObject({
      replica: { max_num_batched_tokens: tokens },
    });
  });

  it('loads again from the file it becomes', () => {
    for (const command of [
      LLAMA,
      `${LLAMA} -tp 2`,
      `${LLAMA} --num-gpu-blocks-override 99 --kv-cache-dtype fp8`,
    ]) {
      const { config } = served(command);
      expect(configOf(toYaml(config))).toEqual(config);
    }
  });

  it('names a preset where the combination was measured, else model and GPU', () => {
    expect(served(LLAMA).cluster).toMatchObject({ replica: { preset: 'llama-3.1-8b/bf16/h100-sxm/tp1' } });
    expect(served(`${LLAMA} -tp 8`).cluster).toMatchObject({
      replica: { model: 'llama-3.1-8b', precision: 'bf16', gpu: 'h100-sxm', tensor_parallel_size: 8 },
    });
  });

  it.each([
    ['meta-llama/Llama-3.3-70B-Instruct', 'llama-3.3-70b', 'bf16'],
    ['nvidia/Llama-3.3-70B-Instruct-FP8', 'llama-3.3-70b', 'fp8'],
    ['neuralmagic/Meta-Llama-3.1-8B-Instruct-FP8-dynamic', 'llama-3.1-8b', 'fp8'],
    ['openai/gpt-oss-120b', 'gpt-oss-120b', 'mxfp4'],
    ['/models/Llama-2-70b-chat-hf', 'llama-2-70b', 'fp16'],
  ])('knows %s', (id, model, precision) => {
    expect(served(`vllm serve ${id} -tp 2`, { gpu: 'b300-sxm' }).cluster).toMatchObject({
      replica: { model, precision },
    });
  });

  it('takes the precision of --quantization', () => {
    const { cluster } = served(`${LLAMA} --quantization fp8 --dtype auto`);
    expect(cluster).toMatchObject({ replica: { preset: 'llama-3.1-8b/fp8/h100-sxm/tp1' } });
  });

  it('takes the limits of vLLM where it names none: larger ones on a large GPU, never above the budget', () => {
    const limits = (command: string, gpu: string) => served(command, { gpu }).cluster;
    expect(limits(LLAMA, 'h100-sxm')).toMatchObject({
      replica: { max_num_seqs: 1024, max_num_batched_tokens: 8192 },
    });
    expect(limits(LLAMA, 'a100-sxm-80')).toMatchObject({
      replica: { max_num_seqs: 256, max_num_batched_tokens: 2048 },
    });
    expect(limits(`${LLAMA} --max-num-batched-tokens 512`, 'h200-sxm')).toMatchObject({
      replica: { max_num_seqs: 512, max_num_batched_tokens: 512 },
    });
  });
});

describe('notes', () => {
  it('say what was assumed, what vLLM sets and what is left out', () => {
    expect(
      served(`${LLAMA} --port 8000 --max-model-len 8192 --max-num-seqs 64 --host=0.0.0.0`, {}).notes,
    ).toEqual([
      'the command names no GPU: h100-sxm is assumed',
      "vLLM's defaults on this GPU: max_num_batched_tokens 8192",
      'async_scheduling is on, as in vLLM from 0.14 on; --no-async-scheduling for an older one',
      '--max-model-len is not simulated: longer requests are not turned away',
      'prefix caching is on in vLLM, and here with enable_prefix_caching: true and a trace with hash ids',
      'left out, without effect on time: --port, --host',
    ]);
  });

  it('say what flags of other kinds of serving stand for here', () => {
    const { notes } = served(
      `${LLAMA} --swap-space 4 --scheduling-policy fcfs --kv-transfer-config '{"kv_role": "kv_both"}'`,
      {},
    );
    expect(notes).toContain(
      '--swap-space is not simulated: vLLM V1 swaps nothing, and neither does this cluster',
    );
    expect(notes).toContain(
      '--kv-transfer-config is not simulated: a cluster_disagg with a link stands for prefill and decode apart',
    );
    expect(notes.join()).not.toContain('scheduling-policy');
  });
});

describe('a command that cannot be taken', () => {
  it.each([
    [
      'with an unknown flag, which is named',
      `${LLAMA} --max-num-seq 8`,
      '--max-num-seq: this flag is not known. Did you mean --max-num-seqs?',
    ],
    [
      'with a flag of another world',
      `${LLAMA} --speculative-config '{"a": 1}'`,
      '--speculative-config: speculative decoding is not simulated. Remove it.',
    ],
    [
      'with a number that is none',
      `${LLAMA} --max-num-seqs many`,
      '--max-num-seqs: it needs a number. Write --max-num-seqs and a number.',
    ],
    [
      'with a unit where vLLM takes none',
      `${LLAMA} --max-num-seqs 1k`,
      '--max-num-seqs: it needs a number. Write --max-num-seqs and a number.',
    ],
    [
      'with a part of a power of two',
      `${LLAMA} --max-num-batched-tokens 2.5K`,
      '--max-num-batched-tokens: it needs a number. Write --max-num-batched-tokens and a number.',
    ],
    [
      'with stages, by their short name',
      `${LLAMA} -pp 2`,
      '--pipeline-parallel-size: pipeline parallelism is not simulated. Remove it.',
    ],
    [
      'without a number',
      `${LLAMA} -tp`,
      '--tensor-parallel-size: it needs a number. Write --tensor-parallel-size and a number.',
    ],
    [
      'with a quantization without step times',
      `${LLAMA} -q awq`,
      '--quantization: awq is not simulated. Known are fp8, mxfp4.',
    ],
    [
      'with priorities',
      `${LLAMA} --scheduling-policy priority`,
      '--scheduling-policy: priority is not simulated. Known are fcfs.',
    ],
    [
      'with a tensor parallelism that nobody uses',
      `${LLAMA} -tp 3`,
      '--tensor-parallel-size: cluster_mono.replica.tensor_parallel_size must be one of 1, 2, 4, 8, got 3. Write tensor_parallel_size: 1.',
    ],
    [
      'with a budget below its sequences',
      `${LLAMA} --max-num-seqs 64 --max-num-batched-tokens 32`,
      '--max-num-batched-tokens: cluster_mono.replica: max_num_batched_tokens must be at least max_num_seqs, got 32 and 64. Raise max_num_batched_tokens or lower max_num_seqs: every decoding request takes a token of a step.',
    ],
    [
      'of a model that is not known',
      'vllm serve mistralai/Mistral-7B-v0.3',
      'mistralai/Mistral-7B-v0.3: this model is not in the catalogue. Write a file with step_time, or take a model of the catalogue.',
    ],
    ['without a model', 'vllm serve -tp 2', 'the command names no model. Write vllm serve MODEL.'],
    ['with a stray word', `${LLAMA} again`, 'again: it belongs to no flag. Remove it.'],
    ['with an open quote', `${LLAMA} "x`, 'a quote is left open. Close it.'],
  ])('%s', (_what, command, line) => {
    expect(refused(command)).toEqual([line]);
  });

  it('on a GPU that is not known', () => {
    expect(refused(LLAMA, { gpu: 'h100' })).toEqual([
      '--gpu: h100 is not in the catalogue. Did you mean h100-sxm or h100-pcie?',
    ]);
  });

  it('whose model does not fit', () => {
    expect(refused('vllm serve meta-llama/Llama-3.3-70B-Instruct').join()).toMatch(
      /does not fit by 6\d\.\d\d GB/,
    );
  });

  it('names all flags at once', () => {
    expect(refused(`${LLAMA} --foo 1 --bar 2 --baz`)).toHaveLength(3);
  });
});

describe('what stands around a command', () => {
  const ARGS = '--tensor-parallel-size 2 --max-num-seqs 8 --max-num-batched-tokens 64';
  const plain = served(`${LLAMA} ${ARGS}`);
  const MODEL = '--model meta-llama/Llama-3.1-8B-Instruct';

  it.each([
    ['variables', `VLLM_USE_V1=1 HF_HOME=/data ${LLAMA} ${ARGS}`],
    ['a prompt and env', `$ env VLLM_USE_V1=1 ${LLAMA} ${ARGS}`],
    [
      'a container',
      `docker run --runtime nvidia --gpus all -v ~/.cache/huggingface:/models \\
        --env "HUGGING_FACE_HUB_TOKEN=hf_x" -p 8000:8000 --ipc=host --name vllm -it --rm \\
        vllm/vllm-openai:v0.11.0 ${MODEL} ${ARGS}`,
    ],
    ['a container with an entry point', `sudo podman run --rm my.registry/llm:1 ${LLAMA} ${ARGS}`],
    ['a shell in a container', `docker run --entrypoint bash x/y -c "${LLAMA} ${ARGS}"`],
    ['a module', `python3 -m vllm.entrypoints.openai.api_server ${MODEL} ${ARGS}`],
  ])('does not matter: %s', (_, command) => {
    const { cluster, notes } = served(command);
    expect(cluster).toEqual(plain.cluster);
    expect(notes.filter((note) => !plain.notes.includes(note))).toEqual([]);
  });

  it('is said where it would matter, and secrets stay out of the file', () => {
    const command = `VLLM_USE_V1=0 VLLM_ATTENTION_BACKEND=FLASHINFER HF_TOKEN=hf_x ${LLAMA} --api-key sk-1`;
    const result = fromVllmServe(command, { gpu: 'h100-sxm' });
    expect(result).toMatchObject({ ok: true, command: `${LLAMA} --api-key …` });
    const { notes } = served(command);
    expect(notes).toContain('VLLM_USE_V1=0 is not simulated: replicas schedule as vLLM V1 does');
    expect(notes).toContain('left out, variables of the environment: VLLM_ATTENTION_BACKEND');
  });

  it.each([
    '-O3',
    '-O 3',
    '-O.level=3',
    '-O.mode 3',
    '--compilation-config.level=3',
    "--compilation-config '{}'",
  ])('may compile: %s', (flag) => {
    const { notes } = served(`${LLAMA} ${flag}`);
    expect(notes).toContain('--compilation-config is not simulated: step times are those of the preset');
  });

  it('takes every name of a server', () => {
    const { notes } = served(`${LLAMA} --served-model-name llama chat -tp 2`);
    expect(notes.join('\n')).toContain('left out, without effect on time: --served-model-name');
  });

  it.each([
    [
      'python -m sglang.launch_server --model-path meta-llama/Llama-3.1-8B --tp 2',
      'SGLang',
      '--max-running-requests is',
    ],
    [
      'docker run --gpus all lmsysorg/sglang:latest python3 -m sglang.launch_server',
      'SGLang',
      'vllm serve MODEL',
    ],
    ['trtllm-serve meta-llama/Llama-3.1-8B --max_batch_size 64', 'TensorRT-LLM', '--max_batch_size is'],
    [
      'docker run ghcr.io/huggingface/text-generation-inference:3 --model-id x',
      'TGI',
      'Write vllm serve MODEL. ',
    ],
  ])('is another server: %s', (command, name, hint) => {
    const [only = '', ...others] = refused(command);
    expect(others).toEqual([]);
    expect(only).toContain(`the command starts ${name}, and only those of vLLM are read`);
    expect(only).toContain(hint);
  });

  it('is not another server because a model is called so', () => {
    expect(refused('vllm serve sglang/x')[0]).toContain('sglang/x: this model is not in the catalogue');
    expect(refused('docker run vllm/vllm-openai --model sglang/x')[0]).toContain('not in the catalogue');
  });
});

describe('--config', () => {
  const reading = (text: string): ServeOptions => ({ gpu: 'h100-sxm', readConfig: () => text });
  const FILE = 'model: meta-llama/Llama-3.1-8B-Instruct\ntensor-parallel-size: 2\nmax_num_seqs: 8\n';

  it('holds flags, which those of the command come before', () => {
    const text = `${FILE}max-num-batched-tokens: 8k\nenable-prefix-caching: false\nserved-model-name: [a, b]\n`;
    const plain = served(
      `${LLAMA} -tp 2 --max-num-seqs 16 --max-num-batched-tokens 8k --no-enable-prefix-caching`,
    );
    expect(served('vllm serve --config serve.yaml --max-num-seqs 16', reading(text)).cluster).toEqual(
      plain.cluster,
    );
  });

  it('has problems with their places', () => {
    expect(
      refused(
        'vllm serve --config serve.yaml',
        reading(`${FILE}max-num-sequences: 8\npipeline-parallel-size: 2\n`),
      ),
    ).toEqual([
      'serve.yaml:4:1: max-num-sequences: this flag is not known. Did you mean --max-num-seqs?',
      'serve.yaml:5:1: pipeline-parallel-size: pipeline parallelism is not simulated. Remove it.',
    ]);
    expect(refused('vllm serve --config serve.yaml', reading('- a\n'))[0]).toContain(
      'serve.yaml:1:1: the file is no mapping',
    );
    expect(refused('vllm serve --config serve.yaml', reading('a: [1\n'))[0]).toMatch(
      /^serve\.yaml:\d+:\d+: /,
    );
    expect(refused('vllm serve --config serve.yaml')[0]).toContain('--config: it needs a file');
  });
});
