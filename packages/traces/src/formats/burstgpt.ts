/**
 * BurstGPT: seconds, and rows without a response that stand for failed requests. Since release 2.0 conversations have
 * a session.
 */
import { seconds } from './clock.ts';
import { sessionCell, type TraceFormat } from './format.ts';

export const burstgpt: TraceFormat = {
  name: 'burstgpt',
  container: 'csv',
  description: 'BurstGPT',
  columns: {
    arrival: 'Timestamp',
    prompt_tokens: 'Request tokens',
    output_tokens: 'Response tokens',
    session: 'Session ID',
  },
  time: seconds,
  zero_output_is_failure: true,
  header: (sessions) =>
    `Timestamp,${sessions ? 'Session ID,' : ''}Model,Request tokens,Response tokens,Total tokens,Log Type`,
  line: ({ arrival_s, prompt_tokens, output_tokens, session }) => {
    const cells = `unknown,${prompt_tokens},${output_tokens},${prompt_tokens + output_tokens},unknown`;
    return `${arrival_s},${session === undefined ? '' : `${sessionCell(session)},`}${cells}`;
  },
};
