/**
 * Options that plan, split and crossover share, as commander gives them, and their command line. Does nothing.
 */
import { type Command, Option } from 'commander';
import { collect, wholeNumber } from './option-values.ts';
import { TRACE_FORMATS } from './trace-formats.ts';

export interface PlanningOptions {
  readonly set?: readonly string[];
  readonly trace?: string;
  readonly traceFormat?: string;
  readonly requestRate?: number;
  readonly numPrompts?: number;
  readonly seed?: string;
  readonly goodput?: readonly string[];
  readonly output?: readonly string[];
  readonly json?: true;
  readonly quiet?: true;
  readonly dryRun?: true;
}

/** The options of the load, under the names that `run` has for them. */
export function loadOptions(command: Command, rate?: Option): Command {
  command.optionsGroup('Load:');
  if (rate !== undefined) command.addOption(rate);
  return command
    .option('--goodput <SLO:MS...>', 'SLOs in milliseconds: ttft:500 tpot:50 (slo)')
    .option('--trace <FILE>', 'replay a trace instead of the distributions')
    .addOption(
      new Option('--trace-format <FORMAT>', 'format of the trace, when its columns do not tell').choices(
        TRACE_FORMATS,
      ),
    )
    .option('--num-prompts <N>', 'stop after this many requests and run until they are done', wholeNumber)
    .option('--seed <N>', 'first seed; further runs take the next ones (random_seed)');
}

export function outputOptions(command: Command): Command {
  return command
    .optionsGroup('Output:')
    .option('-o, --output <FILE>', 'write the results; repeatable', collect)
    .option('--json', 'print JSON, and nothing else, to standard output')
    .option('-q, --quiet', 'no report and no progress')
    .option('--dry-run', 'say how much there is to simulate, and simulate nothing');
}

export const OUTPUT_HELP = `
FILE is a path, or - for standard output. The end of -o FILE says the format:
  .json  everything           .csv  .parquet  every row with its numbers
  .md    .html  the report    .svg  its charts
`;
