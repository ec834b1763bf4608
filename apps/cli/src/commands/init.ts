/**
 * `llmsim init`: a commented file to start from.
 */
import { existsSync } from 'node:fs';
import { Command } from 'commander';
import { UserError } from '../exit-codes.ts';

export function initCommand(): Command {
  return new Command('init')
    .summary('write a commented scenario file')
    .description('Write a commented scenario file to start from: every key with its default.')
    .argument('[FILE]', 'file to write, or - for standard output', 'scenario.yaml')
    .option('-f, --force', 'overwrite an existing file')
    .action(async (file: string, { force }: { force?: true }) => {
      if (file !== '-' && !force && existsSync(file)) {
        throw new UserError(`${file} exists; choose another name, or --force to overwrite it`);
      }
      const { defaultConfig, toYaml } = await import('@llmsim/config');
      const { openSink } = await import('../files/sink.ts');
      const out = openSink(file);
      out.write(toYaml(defaultConfig(), { title: 'My scenario: every key with its default.' }));
      out.commit();
      if (file !== '-') process.stderr.write(`Wrote ${file}. Next: llmsim run ${file}\n`);
    });
}
