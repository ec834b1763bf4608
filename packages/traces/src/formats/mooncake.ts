/** Mooncake's FAST '25 traces: milliseconds, and prefix blocks of 512 tokens. */
import { milliseconds, wholeMilliseconds } from './clock.ts';
import type { TraceFormat } from './format.ts';

export const mooncake: TraceFormat = {
  name: 'mooncake',
  container: 'jsonl',
  description: 'Mooncake trace',
  columns: {
    arrival: 'timestamp',
    prompt_tokens: 'input_length',
    output_tokens: 'output_length',
    hash_ids: { name: 'hash_ids', block_size: 512, fixed: true },
  },
  time: milliseconds,
  line: ({ arrival_s, prompt_tokens, output_tokens, hash_ids }) =>
    JSON.stringify({
      timestamp: wholeMilliseconds(arrival_s),
      input_length: prompt_tokens,
      output_length: output_tokens,
      ...(hash_ids === undefined ? {} : { hash_ids: [...hash_ids] }),
    }),
};
