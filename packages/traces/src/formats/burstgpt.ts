/** BurstGPT: seconds, and rows without a response that stand for failed requests. */
import { seconds } from './clock.ts';
import type { TraceFormat } from './format.ts';

export const burstgpt: TraceFormat = {
  name: 'burstgpt',
  container: 'csv',
  description: 'BurstGPT',
  columns: { arrival: 'Timestamp', prompt_tokens: 'Request tokens', output_tokens: 'Response tokens' },
  time: seconds,
  zero_output_is_failure: true,
  header: 'Timestamp,Model,Request tokens,Response tokens,Total tokens,Log Type',
  line: ({ arrival_s, prompt_tokens, output_tokens }) =>
    `${arrival_s},unknown,${prompt_tokens},${output_tokens},${prompt_tokens + output_tokens},unknown`,
};
