/**
 * `llmsim completion`: a script that makes the shell complete commands, options and their values.
 * The script asks the program itself, by the hidden command `complete`.
 */
import { Argument, Command } from 'commander';
import { SHELLS, type Shell, scripts } from '../completion/scripts.ts';

const HELP = `
Install:
  bash   echo 'source <(llmsim completion bash)' >> ~/.bashrc
  zsh    llmsim completion zsh > "\${fpath[1]}/_llmsim"
  fish   llmsim completion fish > ~/.config/fish/completions/llmsim.fish
`;

export function completionCommand(): Command {
  return new Command('completion')
    .summary('print a completion script')
    .description('Print a completion script for a shell.')
    .addArgument(new Argument('<SHELL>', 'shell to complete in').choices(SHELLS))
    .addHelpText('after', HELP)
    .action((shell: Shell) => {
      process.stdout.write(scripts[shell]);
    });
}

/** `llmsim complete bash -- run --se`: what could stand there instead of the last word. */
export function completeCommand(root: Command): Command {
  return new Command('complete')
    .argument('<shell>')
    .argument('[words...]')
    .action(async (shell: string, words: string[]) => {
      const { complete } = await import('../completion/candidates.ts');
      process.stdout.write(complete(root, shell, words));
    });
}
