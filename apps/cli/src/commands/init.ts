/**
 * `llmsim init`: a commented file to start from.
 */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { UserError } from '../exit-codes.ts';
import { openSink } from '../files/sink.ts';

interface InitOptions {
  readonly force?: true;
  readonly fromVllm?: string;
  readonly gpu?: string;
}

const EXAMPLE = `
Example:
  llmsim init served.yaml --gpu h100-sxm \\
    --from-vllm "vllm serve Qwen/Qwen3-32B -tp 4 --max-num-seqs 128"
`;

export function initCommand(): Command {
  return new Command('init')
    .summary('write a commented scenario file')
    .description(
      'Write a commented scenario file to start from: every key with its default, or the server of a vllm command.',
    )
    .argument('[FILE]', 'file to write, or - for standard output', 'scenario.yaml')
    .option('-f, --force', 'overwrite an existing file')
    .option('--from-vllm <COMMAND>', 'take the cluster from a "vllm serve …" command')
    .option('--gpu <NAME>', 'the GPU that command runs on (default: h100-sxm)')
    .addHelpText('after', EXAMPLE)
    .action(async (file: string, { force, fromVllm, gpu }: InitOptions) => {
      if (file !== '-' && !force && existsSync(file)) {
        throw new UserError(`${file} exists; choose another name, or --force to overwrite it`);
      }
      if (gpu !== undefined && fromVllm === undefined) throw new UserError('--gpu goes with --from-vllm');
      const { startingText } = await import('../scenario/starting-text.ts');
      const text = startingText(fromVllm, gpu);
      const out = openSink(file);
      out.write(text);
      out.commit();
      if (file !== '-') process.stderr.write(`Wrote ${file}. Next: llmsim run ${file}\n`);
    });
}
