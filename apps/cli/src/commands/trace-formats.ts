/** Names of the trace formats, for help and completion; a test holds them against those of the library. */
export const TRACE_FORMATS = ['azure', 'mooncake', 'burstgpt', 'vllm', 'sharegpt', 'csv', 'jsonl'] as const;
