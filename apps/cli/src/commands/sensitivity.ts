/**
 * `llmsim sensitivity`: its command line. What it does stands in `../sensitivity/`.
 */
import { Command, Option } from 'commander';
import type { SensitivityOptions } from '../sensitivity/options.ts';
import { atLeastTwo, collect } from './option-values.ts';
import { loadOptions, OUTPUT_HELP, outputOptions } from './shared-options.ts';

const HELP = `
Methods, by what they cost with k keys and N replications:
  one-at-a-time  (1 + 2k) N runs   each key to both ends: tornado, elasticities
  morris         (1 + k) N runs    walks through the space: what matters at all
  sobol          (2 + k) N runs    shares of the variance, with interactions
Without --vary, every number of the scenario in use moves by 20 % both ways.
${OUTPUT_HELP}
Examples:
  llmsim sensitivity heavy-load
  llmsim sensitivity example --metric ttft_s.mean -o tornado.csv
  llmsim sensitivity example --method sobol --vary arrival.rate_per_s=1..8 --vary cluster_disagg.prefill_gpus=1..4
`;

export function sensitivityCommand(): Command {
  const command = new Command('sensitivity')
    .summary('rank what moves a latency, and what to fix first')
    .description('Rank the keys of a scenario by how much they move a number of the report.')
    .argument('[CONFIG]', 'file, scenario name, earlier result, or - (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect)
    .option('--vary <KEY=A..B>', 'a key to move and its range; repeatable', collect)
    .option('--metric <KEY>', 'what to look at, such as e2e_s.p99', 'ttft_s.p99')
    .addOption(
      new Option('--method <METHOD>', 'how to move the keys')
        .choices(['one-at-a-time', 'morris', 'sobol'])
        .default('one-at-a-time'),
    )
    .option('--replications <N>', 'seeds, walks or rows (default: 5, 20 or 128)', atLeastTwo);
  loadOptions(command, new Option('--request-rate <RATE>', 'requests per second (arrival.rate_per_s)'));
  return outputOptions(command)
    .addHelpText('after', HELP)
    .action(async (config: string | undefined, options: SensitivityOptions) => {
      const { runSensitivity } = await import('../sensitivity/run-sensitivity.ts');
      process.exitCode = await runSensitivity(config, options);
    });
}
