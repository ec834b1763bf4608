/** Every command and option of the program, from its own command tree. */
import { program } from '../../apps/cli/src/program.ts';
import { code, table } from './table.ts';

type Command = ReturnType<typeof program>;

export function commandReference(): string {
  return visible(program())
    .map((command) => section(command, `llmsim ${command.name()}`, '##'))
    .join('\n\n');
}

function section(command: Command, name: string, level: string): string {
  const args = command.registeredArguments;
  const options = command.createHelp().visibleOptions(command);
  const parts = [
    `${level} ${name}`,
    command.description(),
    `Usage: \`${name} ${command.usage()}\``,
    ...(args.length === 0 ? [] : [argumentTable(args)]),
    optionTable(options),
    ...visible(command).map((child) => section(child, `${name} ${child.name()}`, `${level}#`)),
  ];
  return parts.join('\n\n');
}

function visible(command: Command): Command[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .filter((child) => child.name() !== 'help');
}

function argumentTable(args: Command['registeredArguments']): string {
  const rows = args.map((argument) => [
    code(argument.name() + (argument.variadic ? '…' : '')),
    argument.required ? 'required' : defaultText(argument.defaultValue),
    meaning(argument.description, argument.argChoices),
  ]);
  return table(['argument', 'default', 'meaning'], rows);
}

function optionTable(options: Command['options']): string {
  const rows = options.map((option) => [
    code(option.flags),
    option.mandatory ? 'required' : defaultText(option.defaultValue),
    meaning(option.description, option.argChoices),
  ]);
  return table(['option', 'default', 'meaning'], rows);
}

function meaning(description: string, choices: readonly string[] | undefined): string {
  const text = `${description.charAt(0).toUpperCase()}${description.slice(1)}.`;
  return choices === undefined ? text : `${text} One of ${choices.map(code).join(', ')}.`;
}

function defaultText(value: unknown): string {
  if (value === undefined || (Array.isArray(value) && value.length === 0)) return '';
  return code(String(value));
}
