/**
 * `llmsim split`: its command line. What it does stands in `../planning/`.
 */
import { Command, Option } from 'commander';
import type { SplitOptions } from '../planning/split-question.ts';
import { atLeastTwo, collect, shareOption, wholeNumber } from './option-values.ts';
import { loadOptions, OUTPUT_HELP, outputOptions } from './shared-options.ts';

const HELP = `
Every way to share the GPUs between prefill and decode, at every rate, on the
same requests: which split is best, which are as good, and by what the others
fail. Rates are written 10,20,30 or 10..50:10 or lin(10..50,5).
${OUTPUT_HELP}
Examples:
  llmsim split example --gpus 16
  llmsim split steps-disagg --gpus 8 --rate 50..150:25 --metric ttft_s.p99 -o split.csv
`;

export function splitCommand(): Command {
  const command = new Command('split')
    .summary('compare every prefill:decode split of a number of GPUs')
    .description('Compare every split of a number of GPUs between prefill and decode, at several rates.')
    .argument('[CONFIG]', 'file, scenario name, earlier result, or - (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect);
  loadOptions(
    command,
    new Option(
      '--rate <LIST>',
      'rates, requests per second (default: 40 to 90 % of what the best split can serve)',
    ),
  )
    .optionsGroup('Splits:')
    .option('--gpus <N>', 'GPUs to split (default: those of cluster_disagg)', wholeNumber)
    .option('--attain <SHARE>', 'share of the requests that must meet every SLO they have', shareOption, 0.99)
    .option('--metric <KEY>', 'what to compare by, such as ttft_s.p99 (default: attainment, with an SLO)')
    .option('--runs <N>', 'simulations of each split at each rate, at least 2', atLeastTwo, 3);
  return outputOptions(command)
    .addHelpText('after', HELP)
    .action(async (config: string | undefined, options: SplitOptions) => {
      const { runSplit } = await import('../planning/run-split.ts');
      process.exitCode = await runSplit(config, options);
    });
}
