/**
 * `llmsim plan`: its command line. What it does stands in `../planning/`.
 */
import { Command, InvalidArgumentError, Option } from 'commander';
import type { PlanOptions } from '../planning/plan-question.ts';
import { collect, positive, shareOption, wholeNumber } from './option-values.ts';
import { loadOptions, OUTPUT_HELP, outputOptions } from './shared-options.ts';

const HELP = `
CONFIG is a YAML file, the name of a built-in scenario, or - for standard input.
Its clusters say what one server is; the plan finds how many. A cluster passes
when the share --attain of the requests meets every SLO it has; rejected and
unfinished requests miss.
${OUTPUT_HELP}
Exit codes: 3 when no cluster of up to --max-gpus passes.

Examples:
  llmsim plan example --rate 50 --goodput ttft:500 tpot:50 --max-gpus 64
  llmsim plan steps-mono --rate 200 --preset llama-3.1-8b/bf16/h100-sxm/tp1,llama-3.1-8b/bf16/h200-sxm/tp1
  llmsim plan steps-mono --rate 200 --price h100-sxm=2.5 -o plan.csv
`;

export function planCommand(): Command {
  const command = new Command('plan')
    .summary('find the smallest cluster that meets the SLOs')
    .description(
      'Search monolithic and disaggregated clusters for the smallest that meets the SLOs at a rate.',
    )
    .argument('[CONFIG]', 'file, scenario name, earlier result, or - (default: example)')
    .option('-s, --set <KEY=VALUE>', 'change a key of the configuration; repeatable', collect);
  const rate = new Option(
    '--rate, --request-rate <RATE>',
    'requests per second to plan for (arrival.rate_per_s)',
  );
  loadOptions(command, rate.argParser(positive))
    .optionsGroup('Search:')
    .option('--attain <SHARE>', 'share of the requests that must meet every SLO they have', shareOption, 0.99)
    .option('--max-gpus <N>', 'GPUs of the largest cluster', wholeNumber, 64)
    .option('--mode <LIST>', 'architectures to search (default: mono,disagg)')
    .option('--preset <LIST>', 'measured hardware to choose from, with commas between', collect)
    .option('--gpu <LIST>', 'GPUs to choose from, for the model of the scenario', collect)
    .option('--tensor-parallel-size <LIST>', 'tensor parallel sizes to choose from', collect)
    .option('--price <GPU=PRICE>', 'price of a GPU for an hour; repeatable', collect)
    .option('--error <SHARE>', 'chance of a wrong decision to allow for a cluster', shareOption, 0.05)
    .option('--max-runs <N>', 'most simulations for one decision on a cluster, at least 3', atLeastThree, 20);
  return outputOptions(command)
    .addHelpText('after', HELP)
    .action(async (config: string | undefined, options: PlanOptions) => {
      const { runPlan } = await import('../planning/run-plan.ts');
      process.exitCode = await runPlan(config, options);
    });
}

function atLeastThree(value: string): number {
  const runs = wholeNumber(value);
  if (runs < 3) throw new InvalidArgumentError('It must be at least 3.');
  return runs;
}
