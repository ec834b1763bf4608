/**
 * The command tree: names, help and manners common to all commands. Knows no command's inside.
 */
import { Command } from 'commander';

import { calibrateCommand } from './commands/calibrate.ts';
import { compareCommand } from './commands/compare.ts';
import { completeCommand, completionCommand } from './commands/completion.ts';
import { crossoverCommand } from './commands/crossover.ts';
import { initCommand } from './commands/init.ts';
import { planCommand } from './commands/plan.ts';
import { reportCommand } from './commands/report.ts';
import { runCommand } from './commands/run.ts';
import { scenariosCommand } from './commands/scenarios.ts';
import { schemaCommand } from './commands/schema.ts';
import { sensitivityCommand } from './commands/sensitivity.ts';
import { splitCommand } from './commands/split.ts';
import { sweepCommand } from './commands/sweep.ts';
import { traceCommand } from './commands/trace.ts';
import { validateCommand } from './commands/validate.ts';
import { inSigns } from './terminal/signs.ts';
import { version } from './version.ts';

const EPILOGUE = `
Start here:
  llmsim run                     the example: verdict, latencies, pools
  llmsim run --request-rate 20   the same cluster under more load
  llmsim scenarios               what else is built in
  llmsim init my.yaml            a commented file of your own

Exit codes: 0 ok, 1 internal error, 2 usage or configuration,
  3 SLO missed (--check) or no plan, 4 bad trace, 130 interrupted.
`;

export function program(): Command {
  const root = new Command('llmsim')
    .description(
      'Simulate LLM serving: time to first token and the rest, from a file that describes a cluster.',
    )
    .version(version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help for a command')
    .configureHelp({ showGlobalOptions: false })
    .showHelpAfterError('(--help shows what there is)')
    .addHelpText('after', EPILOGUE)
    .configureOutput({
      writeOut: (text) => void process.stdout.write(inSigns(text)),
      writeErr: (text) => void process.stderr.write(inSigns(text)),
    })
    .exitOverride();
  const commands = [
    runCommand(),
    compareCommand(),
    sensitivityCommand(),
    sweepCommand(),
    reportCommand(),
    validateCommand(),
    scenariosCommand(),
    initCommand(),
    schemaCommand(),
    traceCommand(),
    planCommand(),
    splitCommand(),
    crossoverCommand(),
    calibrateCommand(),
    completionCommand(),
  ];
  for (const command of commands) root.addCommand(manners(command, root));
  root.addCommand(manners(completeCommand(root), root), { hidden: true });
  return root;
}

/** `addCommand` inherits nothing by itself. */
function manners(command: Command, parent: Command): Command {
  command.copyInheritedSettings(parent).helpOption('-h, --help', 'print help');
  for (const child of command.commands) manners(child, command);
  return command;
}
