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
]);

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
  ['swap-space', 'vLLM V1 swaps nothing, and neither does this cluster'],
  ['kv-transfer-config', 'a cluster_disagg with a link stands for prefill and decode apart'],
]);

/** Changes how many GPUs a replica takes, so that leaving it out would be another server. */
export const STAGES = 'pipeline-parallel-size';

/** Every flag that is known. */
export const KNOWN: readonly string[] = [
  ...NUMBERS.keys(),
  ...WORDS.keys(),
  ...SWITCHES,
  ...WITHOUT_EFFECT,
  ...NOT_SIMULATED.keys(),
];
