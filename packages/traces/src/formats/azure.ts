/** Azure's LLM inference traces: dates with seven fractional digits (2023) or with a zone (2024). */
import type { TraceFormat } from './format.ts';
import { timestamps, writeTimestamp } from './timestamp.ts';

export const azure: TraceFormat = {
  name: 'azure',
  container: 'csv',
  description: 'Azure LLM inference trace',
  columns: { arrival: 'TIMESTAMP', prompt_tokens: 'ContextTokens', output_tokens: 'GeneratedTokens' },
  time: timestamps,
  header: () => 'TIMESTAMP,ContextTokens,GeneratedTokens',
  line: ({ arrival_s, prompt_tokens, output_tokens }) =>
    `${writeTimestamp(arrival_s)},${prompt_tokens},${output_tokens}`,
};
