/**
 * `llmsim compare`: its command line. What it does stands in `../compare/`.
 */
import { Command, Option } from 'commander';
import type { CompareOptions } from '../compare/options.ts';
import { atLeastTwo, collect } from './option-values.ts';
import { loadOptions, OUTPUT_HELP, outputOptions } from './shared-options.ts';

const HELP = `
Options are run on the same seeds, so that they see the same requests, and each
is held against the first: a difference is seen when its 95 % interval leaves
out zero. One CONFIG without --vary is compared in its two modes.
${OUTPUT_HELP}
Examples:
  llmsim compare example
  llmsim compare light-load heavy-load --replications 20
  llmsim compare heavy-load --vary cluster_mono.num_gpus=4,5,6 -o compare.csv
`;

export function compareCommand(): Command {
  const command = new Command('compare')
    .summary('hold clusters against each other on the same requests')
    .description('Compare scenarios, or variants of one, on the same requests, with intervals.')
    .argument('[CONFIG...]', 'files, scenario names or earlier results (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of every configuration; repeatable', collect)
    .option('--vary <KEY=LIST>', 'values to compare, such as mode=mono,disagg; repeatable', collect)
    .option('--link <KEYS>', 'keys of --vary that move together, with commas between', collect)
    .option('--replications <N>', 'seeds to run each option with, at least 2', atLeastTwo, 10)
    .option('--metric <KEY>', 'one more number to compare, such as pools.decode.utilization', collect);
  loadOptions(command, new Option('--request-rate <RATE>', 'requests per second (arrival.rate_per_s)'));
  return outputOptions(command)
    .addHelpText('after', HELP)
    .action(async (configs: readonly string[], options: CompareOptions) => {
      const { runCompare } = await import('../compare/run-compare.ts');
      process.exitCode = await runCompare(configs, options);
    });
}
