/**
 * `llmsim sweep`: its command line. What it does stands in `../sweep/`.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import { PRESET_NAMES, type SweepOptions } from '../sweep/sweep-options.ts';
import { collect, wholeNumber } from './option-values.ts';
import { loadOptions, OUTPUT_HELP, outputOptions } from './shared-options.ts';

const HELP = `
CONFIG is a YAML file, the name of a built-in scenario, or - for standard input.
SPEC is a list 1,2,4, a range 0.5..5:0.5, log(0.5..8,5), lin(1..9,5), or words.
Every combination is run with every seed. What was run is kept in
$XDG_CACHE_HOME/llmsim/cells (~/.cache/llmsim/cells), so that the same line goes
on where it was interrupted.
${OUTPUT_HELP}
Exit codes: 1 when a point failed, 130 when interrupted.

Examples:
  llmsim sweep --preset arrival-rate
  llmsim sweep my.yaml --vary arrival.rate_per_s=1..20:1 --vary mode=mono,disagg
  llmsim sweep --vary cluster_disagg.prefill_gpus=1,2,3 \\
    --vary cluster_disagg.decode_gpus=3,2,1 \\
    --link cluster_disagg.prefill_gpus,cluster_disagg.decode_gpus -o split.csv
`;

export function sweepCommand(): Command {
  const command = new Command('sweep')
    .summary('run a grid of values, with intervals')
    .description(
      'Run every combination of values: latency against load, the knee, the largest rate within the SLOs.',
    )
    .argument('[CONFIG]', 'file, scenario name, earlier result, or - (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect)
    .optionsGroup('Grid:')
    .option('--vary <KEY=SPEC>', 'values that a key takes; repeatable', collect)
    .option('--link <KEY,KEY>', 'move keys together, step by step; repeatable', collect)
    .addOption(new Option('--preset <NAME>', 'a grid with a name').choices(PRESET_NAMES))
    .option('--metric <KEY>', 'what to look at, such as ttft_s.p99; repeatable', collect)
    .option(
      '--replications <N>',
      'runs of each point, with seeds one after another, at least 2',
      atLeastTwo,
      5,
    )
    .option('--no-early-stop', 'also run what lies beyond an overloaded point')
    .option('--yes', 'run however many there are')
    .optionsGroup('Running:')
    .option('--threads <N>', 'threads at most (default: as many as the machine runs at once)', wholeNumber)
    .option('--no-cache', 'run everything anew and keep nothing');
  loadOptions(command, new Option('--request-rate <RATE>', 'requests per second (arrival.rate_per_s)'));
  return outputOptions(command)
    .addHelpText('after', HELP)
    .action(async (config: string | undefined, options: SweepOptions) => {
      const { runSweep } = await import('../sweep/run-sweep.ts');
      process.exitCode = await runSweep(config, options);
    });
}

function atLeastTwo(value: string): number {
  const runs = wholeNumber(value);
  if (runs < 2) throw new InvalidArgumentError('It must be at least 2: an interval needs two runs.');
  return runs;
}
