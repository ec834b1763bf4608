/**
 * `llmsim trace`: looks into recorded workloads and rewrites them.
 */
import type { TraceFormatName } from '@llmsim/traces';
import { Command, Option } from 'commander';
import type { ReadingOptions } from '../traces/reading-options.ts';
import { notNegative, positive, wholeNumber } from './option-values.ts';
import { TRACE_FORMATS } from './trace-formats.ts';

const HELP = `
Formats: azure and burstgpt are CSV; mooncake, vllm and sharegpt are JSONL; csv
and jsonl have arrival_s, prompt_tokens and output_tokens.
`;

export function traceCommand(): Command {
  return new Command('trace')
    .summary('inspect and convert traces')
    .description('Look into a recorded workload, or write it in another format.')
    .addHelpText('after', HELP)
    .addCommand(inspectCommand())
    .addCommand(convertCommand());
}

function inspectCommand(): Command {
  return reading(new Command('inspect'))
    .summary('print what a trace holds')
    .description('Print rate, burstiness, lengths and their correlation.')
    .argument('<FILE>', 'trace, or -')
    .option('--json', 'print JSON')
    .action(async (file: string, options: ReadingOptions & { json?: true }) => {
      const { inspect } = await import('../traces/inspect.ts');
      await inspect(file, options);
    });
}

function convertCommand(): Command {
  return reading(new Command('convert'))
    .summary('write a trace in another format')
    .description('Write a trace in another format.')
    .argument('<IN>', 'trace, or -')
    .argument('<OUT>', 'file to write, or -')
    .addOption(new Option('--to <FORMAT>', 'format to write').choices(TRACE_FORMATS).makeOptionMandatory())
    .action(async (from: string, out: string, options: ReadingOptions & { to: TraceFormatName }) => {
      const { convert } = await import('../traces/convert.ts');
      await convert(from, out, options);
    });
}

function reading(command: Command): Command {
  return command
    .addOption(new Option('--format <FORMAT>', 'format, when the columns do not tell').choices(TRACE_FORMATS))
    .option('--limit <N>', 'take this many requests at most', wholeNumber)
    .option('--start <S>', 'drop what comes before this second', notNegative)
    .option('--time-scale <X>', 'multiply every time: 0.5 doubles the load', positive)
    .option('--jitter', 'spread arrivals recorded on a time grid over their grid cell')
    .option('--sort', 'put requests in order of arrival')
    .option('--block-size <N>', 'tokens in a prefix block', wholeNumber)
    .option('-q, --quiet', 'no progress');
}
