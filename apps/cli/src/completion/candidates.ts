/**
 * What could stand at the end of an unfinished command line, read from the command tree. Knows no shell's language
 * beyond how it takes a candidate with its description.
 */
import type { Argument, Command, Option } from 'commander';
import { shippedScenarios } from '../scenario/shipped.ts';
import type { Shell } from './scripts.ts';

interface Candidate {
  readonly value: string;
  readonly description: string;
}

/** One candidate a line for the last of `words`; none where a file name is wanted. */
export function complete(root: Command, shell: string, words: readonly string[]): string {
  const current = words.at(-1) ?? '';
  return candidatesFor(root, words.slice(0, -1), current)
    .filter(({ value }) => value.startsWith(current))
    .map((candidate) => `${FORMATS[shell as Shell]?.(candidate) ?? candidate.value}\n`)
    .join('');
}

const FORMATS: Readonly<Record<Shell, (candidate: Candidate) => string>> = {
  bash: ({ value }) => value,
  zsh: ({ value, description }) => `${value.replaceAll(':', '\\:')}:${description}`,
  fish: ({ value, description }) => `${value}\t${description}`,
};

function candidatesFor(root: Command, before: readonly string[], current: string): Candidate[] {
  const { command, position, waiting } = walk(root, before);
  if (waiting !== null) return valuesOf(waiting);
  if (current.startsWith('-')) return optionsOf(command);
  if (command.commands.length > 0) return commandsOf(command);
  const { registeredArguments } = command;
  const last = registeredArguments.at(-1);
  const argument = registeredArguments[position] ?? (last?.variadic ? last : undefined);
  return argument === undefined ? [] : valuesOf(argument);
}

interface Walked {
  readonly command: Command;
  /** Arguments before this one. */
  readonly position: number;
  /** The option whose value comes next. */
  readonly waiting: Option | null;
}

/** Follows complete words down the tree. */
function walk(root: Command, words: readonly string[]): Walked {
  let command = root;
  let position = 0;
  let waiting: Option | null = null;
  for (const word of words) {
    if (waiting !== null) {
      waiting = null;
      continue;
    }
    if (word.startsWith('-')) {
      const option = command.options.find(({ long, short }) => word === long || word === short);
      waiting = option?.required ? option : null;
      continue;
    }
    const child = command.commands.find((sub) => sub.name() === word);
    if (child === undefined) position++;
    else command = child;
  }
  return { command, position, waiting };
}

function valuesOf(from: Option | Argument): Candidate[] {
  const scenarios = from.name() === 'CONFIG' ? shippedScenarios() : [];
  return (from.argChoices ?? scenarios).map((value) => ({ value, description: '' }));
}

function optionsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .flatMap(({ long, description }) => (long ? [{ value: long, description }] : []));
}

function commandsOf(command: Command): Candidate[] {
  return command
    .createHelp()
    .visibleCommands(command)
    .map((sub) => ({ value: sub.name(), description: sub.summary() || sub.description() }));
}
