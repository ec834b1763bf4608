/** ShareGPT lengths as LLMServingSim measured them: seconds, and prefix blocks of 16 tokens. */
import { seconds } from './clock.ts';
import type { TraceFormat } from './format.ts';

export const sharegpt: TraceFormat = {
  name: 'sharegpt',
  container: 'jsonl',
  description: 'ShareGPT lengths with arrivals',
  columns: {
    arrival: 'arrival_s',
    prompt_tokens: 'input_tokens',
    output_tokens: 'output_tokens',
    hash_ids: { name: 'hash_ids_16', block_size: 16, fixed: true },
  },
  time: seconds,
  line: ({ id, arrival_s, prompt_tokens, output_tokens, hash_ids }) =>
    JSON.stringify({
      i: id,
      arrival_s,
      input_tokens: prompt_tokens,
      output_tokens,
      ...(hash_ids === undefined ? {} : { hash_ids_16: [...hash_ids] }),
    }),
};
