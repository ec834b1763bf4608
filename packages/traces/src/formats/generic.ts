/** The formats of this simulator: the names it uses itself, as CSV or as JSON lines. */
import { seconds } from './clock.ts';
import type { TraceFormat } from './format.ts';

const columns = {
  arrival: 'arrival_s',
  prompt_tokens: 'prompt_tokens',
  output_tokens: 'output_tokens',
} as const;

export const csv: TraceFormat = {
  name: 'csv',
  container: 'csv',
  description: 'generic CSV',
  columns,
  time: seconds,
  header: 'arrival_s,prompt_tokens,output_tokens',
  line: ({ arrival_s, prompt_tokens, output_tokens }) => `${arrival_s},${prompt_tokens},${output_tokens}`,
};

export const jsonl: TraceFormat = {
  name: 'jsonl',
  container: 'jsonl',
  description: 'generic JSON lines',
  columns,
  time: seconds,
  line: ({ arrival_s, prompt_tokens, output_tokens }) =>
    JSON.stringify({ arrival_s, prompt_tokens, output_tokens }),
};
