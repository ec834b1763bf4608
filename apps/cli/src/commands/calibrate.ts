/**
 * `llmsim calibrate`: step times of an engine from requests that it served.
 */
import { Command } from 'commander';
import { collect } from './option-values.ts';

const HELP = `
FILE is the result of vllm bench serve --save-result --save-detailed, or a CSV:
  requests   prompt_tokens, output_tokens, first_token_s, completed_s
             (input_tokens and last_token_s are read as well)
  steps      prefill_tokens, decode_seqs, decode_context_tokens, seconds
             (prefill_attention as well)
All files must come from the same engine. One at low and one at high load tell
more than either. - is standard input.

The end of -o FILE says the format: .yaml to paste into a replica, .json.

Example:
  llmsim calibrate --from quiet.json --from busy.json -o step-time.yaml
`;

interface CalibrateOptions {
  readonly from: readonly string[];
  readonly output?: readonly string[];
  readonly json?: true;
  readonly quiet?: true;
}

export function calibrateCommand(): Command {
  return new Command('calibrate')
    .summary('fit step times to measured requests')
    .description(
      'Fit the step times of an engine to requests it served, and say how well they fit and what cannot be told.',
    )
    .requiredOption('--from <FILE>', 'measured requests or steps; repeatable', collect)
    .option('-o, --output <FILE>', 'write the step times; repeatable', collect)
    .option('--json', 'print JSON, and nothing else, to standard output')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', HELP)
    .action(async ({ from, output = [], json, quiet }: CalibrateOptions) => {
      const { calibrateFrom } = await import('../calibrate/calibrate-from.ts');
      await calibrateFrom(from, json ? [...output, '-.json'] : output, quiet === true);
    });
}
