/**
 * `--dump-ttft`: every TTFT sample, in order of completion, seconds, as a JSON array.
 */
import type { Reporter } from './reporter.ts';

export const ttftJson: Reporter = {
  report({ result: { ttft_s } }, out) {
    if (ttft_s === null) throw new Error('A run with histogram quantiles keeps no samples');
    out.write('[');
    for (let i = 0; i < ttft_s.length; i++) out.write(`${i === 0 ? '' : ','}\n${ttft_s[i]}`);
    out.write('\n]\n');
  },
};
