/**
 * `llmsim crossover`: its command line. What it does stands in `../planning/`.
 */
import { Command } from 'commander';
import type { CrossoverOptions } from '../planning/run-crossover.ts';
import { atLeastTwo, collect, wholeNumber } from './option-values.ts';
import { loadOptions, OUTPUT_HELP, outputOptions } from './shared-options.ts';

const HELP = `
At every point both clusters get as many GPUs and the same requests, and disagg
its best split. Without --rate and --vary the points are rates, prompt lengths
and, where cluster_disagg has a link, bandwidths about those of the scenario.
${OUTPUT_HELP}
Examples:
  llmsim crossover steps-disagg
  llmsim crossover steps-disagg --rate 40..100:20 --metric ttft_s.p99
  llmsim crossover steps-disagg --vary cluster_disagg.link.bandwidth_bytes_per_s='log(1e8..1e11,4)'
`;

export function crossoverCommand(): Command {
  const command = new Command('crossover')
    .summary('find where disaggregated serving overtakes monolithic')
    .description(
      'Compare monolithic and disaggregated serving on as many GPUs over rates, lengths and bandwidths.',
    )
    .argument('[CONFIG]', 'file, scenario name, earlier result, or - (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect);
  loadOptions(command)
    .optionsGroup('Points:')
    .option('--rate <LIST>', 'rates, requests per second: 10,20,30 or 10..50:10')
    .option('--vary <KEY=VALUES>', 'a key and its values; repeatable', collect)
    .option('--link <KEYS>', 'varied keys that move together, with commas between; repeatable', collect)
    .option('--gpus <N>', 'GPUs of both clusters (default: those of the cluster of mode)', wholeNumber)
    .option('--metric <KEY>', 'what to compare by, such as ttft_s.p99 (default: attainment, with an SLO)')
    .option('--runs <N>', 'pairs of simulations at each point, at least 2', atLeastTwo, 5)
    .option('--yes', 'run however many there are');
  return outputOptions(command)
    .addHelpText('after', HELP)
    .action(async (config: string | undefined, options: CrossoverOptions) => {
      const { runCrossover } = await import('../planning/run-crossover.ts');
      process.exitCode = await runCrossover(config, options);
    });
}
