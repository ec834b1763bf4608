/**
 * Timed traces of `vllm bench serve`: the keys of Mooncake with times in seconds. The client is told the block size
 * by a flag (16 by default), the file does not say it.
 */
import { seconds } from './clock.ts';
import type { TraceFormat } from './format.ts';

export const vllm: TraceFormat = {
  name: 'vllm',
  container: 'jsonl',
  description: 'vLLM timed trace',
  columns: {
    arrival: 'timestamp',
    prompt_tokens: 'input_length',
    output_tokens: 'output_length',
    hash_ids: { name: 'hash_ids', block_size: 16, fixed: false },
  },
  time: seconds,
  never_guessed: true,
  line: ({ arrival_s, prompt_tokens, output_tokens, hash_ids }) =>
    JSON.stringify({
      timestamp: arrival_s,
      input_length: prompt_tokens,
      output_length: output_tokens,
      ...(hash_ids === undefined ? {} : { hash_ids: [...hash_ids] }),
    }),
};
