/**
 * `llmsim run`: its command line. What it does stands in `../run/`.
 */
import { Command, Option } from 'commander';
import type { RunOptions } from '../run/run-options.ts';
import { atLeastTwo, collect, wholeNumber } from './option-values.ts';
import { TRACE_FORMATS } from './trace-formats.ts';

const HELP = `
CONFIG is a YAML file, the name of a built-in scenario (llmsim scenarios), an
earlier result, which runs again as it was, or - for standard input.

FILE is a path, or - for standard output. The end of -o FILE says the format:
  .json         everything       .csv  .md     the summary
  .html  .svg   with charts      .parquet      the summary, typed
  .ndjson       event stream     .trace.json   open in ui.perfetto.dev
  .vllm.json    the result file of vllm bench serve
-o -.csv writes that format to standard output, -o - JSON.

Examples:
  llmsim run heavy-load --set cluster_mono.num_gpus=8
  llmsim run my.yaml --request-rate 12 --goodput ttft:500 tpot:50 --check
  llmsim run --trace requests.csv -o result.json -o run.trace.json
  llmsim run --json | jq .p99_ttft_s
`;

export function runCommand(): Command {
  return new Command('run')
    .summary('simulate a scenario and report')
    .description(
      'Simulate a scenario and report verdict, latencies, pools and where time to first token went.',
    )
    .argument('[CONFIG]', 'file, scenario name, earlier result, or - (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect)
    .option('--print-config', 'print the merged configuration and where each value came from, run nothing')
    .optionsGroup('Load:')
    .option('--trace <FILE>', 'replay a trace instead of the distributions')
    .addOption(
      new Option('--trace-format <FORMAT>', 'format of the trace, when its columns do not tell').choices(
        TRACE_FORMATS,
      ),
    )
    .option('--request-rate <RATE>', 'requests per second (arrival.rate_per_s)')
    .option('--num-prompts <N>', 'stop after this many requests and run until they are done', wholeNumber)
    .option('--seed <N>', 'seed of every random draw (random_seed)')
    .option('--goodput <SLO:MS...>', 'SLOs in milliseconds: ttft:500 tpot:50 (slo)')
    .optionsGroup('Statistics:')
    .option('--replications <N>', 'run with this many seeds and give 95 % intervals, at least 2', atLeastTwo)
    .option(
      '--until-half-width <WIDTH>',
      'run seeds until ± WIDTH: 5% of the mean, or a number (at most 100 runs)',
    )
    .option('--metric <KEY>', 'whose interval --until-half-width is about (default: ttft_s.p99)')
    .option('--theory', 'hold the simulation against queueing theory (10 runs unless --replications)')
    .optionsGroup('Output:')
    .option('-o, --output <FILE>', 'write the results; repeatable', collect)
    .option('--requests <FILE>', 'write one row per request, as CSV or .parquet')
    .option('--dump-ttft <FILE>', 'write every TTFT sample as a JSON array, seconds')
    .option('--json', 'print JSON, and nothing else, to standard output')
    .option('-q, --quiet', 'no report and no progress')
    .option('--check', 'exit with 3 when an SLO is missed')
    .option('--web', 'show the run in the dashboard, served on this machine until Ctrl-C')
    .addHelpText('after', HELP)
    .action(async (config: string | undefined, options: RunOptions) => {
      const { runScenario } = await import('../run/run-scenario.ts');
      process.exitCode = await runScenario(config, options);
    });
}
