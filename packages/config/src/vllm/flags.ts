/**
 * What the flags of `vllm serve` mean for a simulation: a key of ours, nothing, or more than we simulate.
 * Names are long and without dashes.
 */

/** Flags that become a key of the cluster, with a number. */
export const NUMBERS: ReadonlyMap<string, string> = new Map([
  ['max-num-seqs', 'max_num_seqs'],
  ['max-num-batched-tokens', 'max_num_batched_tokens'],
  ['block-size', 'block_size'],
  ['gpu-memory-utilization', 'gpu_memory_utilization'],
  ['num-gpu-blocks-override', 'num_gpu_blocks'],
  ['tensor-parallel-size', 'tensor_parallel_size'],
  ['data-parallel-size', 'replicas'],
]);

/** Flags that become a key, with a word: vLLM's words and ours. `null` leaves the key out. */
export const WORDS: ReadonlyMap<
  string,
  { readonly key: string; readonly words: ReadonlyMap<string, string | null> }
> = new Map([
  // Weights of 16 bits take the same memory and time in either format.
  [
    'dtype',
    {
      key: 'precision',
      words: new Map([
        ['auto', null],
        ['bfloat16', null],
        ['float16', null],
        ['half', null],
      ]),
    },
  ],
  [
    'quantization',
    {
      key: 'precision',
      words: new Map([
        ['fp8', 'fp8'],
        ['mxfp4', 'mxfp4'],
      ]),
    },
  ],
  [
    'kv-cache-dtype',
    {
      key: 'kv_cache_dtype',
      words: new Map([
        ['auto', null],
        ['fp8', 'fp8'],
        ['fp8_e4m3', 'fp8'],
        ['fp8_e5m2', 'fp8'],
      ]),
    },
  ],
  // First come, first served, as all our queues.
  ['scheduling-policy', { key: 'scheduling', words: new Map([['fcfs', null]]) }],
]);

/** Short names. */
export const SHORT: ReadonlyMap<string, string> = new Map([
  ['tp', 'tensor-parallel-size'],
  ['dp', 'data-parallel-size'],
  ['pp', 'pipeline-parallel-size'],
  ['q', 'quantization'],
  ['O', 'compilation-config'],
  ['cc', 'compilation-config'],
]);

/** Flags that take no value and may be negated by `no-`. */
export const SWITCHES: ReadonlySet<string> = new Set([
  'enable-chunked-prefill',
  'enable-prefix-caching',
  'enforce-eager',
  'async-scheduling',
  'trust-remote-code',
  'disable-log-requests',
  'enable-log-requests',
  'disable-log-stats',
  'enable-auto-tool-choice',
  'enable-expert-parallel',
  'enable-lora',
  'disable-custom-all-reduce',
  'disable-uvicorn-access-log',
  'enable-prompt-tokens-details',
  'enable-server-load-tracking',
]);

/** Flags that take as many words as follow. */
export const SEVERAL: ReadonlySet<string> = new Set(['served-model-name', 'lora-modules', 'middleware']);

/** Flags that do not change when tokens come. */
export const WITHOUT_EFFECT: ReadonlySet<string> = new Set([
  'host',
  'port',
  'api-key',
  'served-model-name',
  'tokenizer',
  'tokenizer-mode',
  'revision',
  'download-dir',
  'load-format',
  'chat-template',
  'tool-call-parser',
  'reasoning-parser',
  'uvicorn-log-level',
  'generation-config',
  'distributed-executor-backend',
  'seed',
  'hf-token',
  'task',
  'runner',
  'tokenizer-revision',
  'chat-template-content-format',
  'ssl-keyfile',
  'ssl-certfile',
  'root-path',
  'middleware',
  'max-log-len',
  'disable-uvicorn-access-log',
  'enable-prompt-tokens-details',
  'enable-server-load-tracking',
  'trust-remote-code',
  'disable-log-requests',
  'enable-log-requests',
  'disable-log-stats',
  'enable-auto-tool-choice',
]);

/** Flags that are understood and not simulated, and what that means. */
export const NOT_SIMULATED: ReadonlyMap<string, string> = new Map([
  ['max-model-len', 'longer requests are not turned away'],
  ['enforce-eager', 'step times are those with CUDA graphs'],
  ['compilation-config', 'step times are those of the preset'],
  ['optimization-level', 'step times are those of the preset'],
  ['disable-custom-all-reduce', 'step times are those of the preset'],
  ['enable-expert-parallel', 'step times are those of tensor parallelism'],
  ['enable-lora', 'requests are those of the base model'],
  ['lora-modules', 'requests are those of the base model'],
  ['limit-mm-per-prompt', 'prompts are text'],
  ['hf-overrides', 'the model is that of the catalogue'],
  ['swap-space', 'vLLM V1 swaps nothing, and neither does this cluster'],
  ['kv-transfer-config', 'a cluster_disagg with a link stands for prefill and decode apart'],
]);

/** What is not simulated and makes another server of it, so that leaving it out would give wrong numbers. */
export const REFUSED: ReadonlyMap<string, string> = new Map([
  ['pipeline-parallel-size', 'pipeline parallelism is not simulated'],
  ['speculative-config', 'speculative decoding is not simulated'],
]);

/** Every flag that is known. */
export const KNOWN: readonly string[] = [
  ...NUMBERS.keys(),
  ...WORDS.keys(),
  ...SWITCHES,
  ...WITHOUT_EFFECT,
  ...NOT_SIMULATED.keys(),
];
