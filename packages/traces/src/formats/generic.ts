/** The formats of this simulator: the names it uses itself, as CSV or as JSON lines. */
import { seconds } from './clock.ts';
import { sessionCell, type TraceFormat } from './format.ts';

const columns = {
  arrival: 'arrival_s',
  prompt_tokens: 'prompt_tokens',
  output_tokens: 'output_tokens',
  session: 'session_id',
} as const;

export const csv: TraceFormat = {
  name: 'csv',
  container: 'csv',
  description: 'generic CSV',
  columns,
  time: seconds,
  header: (sessions) => `arrival_s,prompt_tokens,output_tokens${sessions ? ',session_id' : ''}`,
  line: ({ arrival_s, prompt_tokens, output_tokens, session }) => {
    const cells = `${arrival_s},${prompt_tokens},${output_tokens}`;
    return session === undefined ? cells : `${cells},${sessionCell(session)}`;
  },
};

export const jsonl: TraceFormat = {
  name: 'jsonl',
  container: 'jsonl',
  description: 'generic JSON lines',
  columns,
  time: seconds,
  line: ({ arrival_s, prompt_tokens, output_tokens, session = -1 }) =>
    JSON.stringify({
      arrival_s,
      prompt_tokens,
      output_tokens,
      ...(session < 0 ? {} : { session_id: session }),
    }),
};
