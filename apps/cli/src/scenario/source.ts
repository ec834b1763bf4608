/**
 * From what stands on the command line to the text of a scenario: a file, a shipped name, an earlier result, stdin.
 * Knows no schema.
 */
import { statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UserError } from '../exit-codes.ts';
import { notText } from '../files/not-text.ts';
import { readText } from '../files/read-text.ts';
import { configOfResult } from './result-file.ts';
import { DEFAULT_SCENARIO, shippedFile, shippedScenarios } from './shipped.ts';

export interface ScenarioSource {
  /** As messages call it: the path as given, `<name>.yaml` for a shipped scenario, `<stdin>`. */
  readonly file: string;
  readonly text: string;
  /** Where relative paths in the text start. */
  readonly folder: string;
  /** Whether it travels with the program. */
  readonly shipped: boolean;
}

/**
 * Finds and reads a scenario.
 *
 * @throws UserError when there is no such file or scenario, or for a result of another version.
 */
export async function readSource(given: string = DEFAULT_SCENARIO): Promise<ScenarioSource> {
  if (given === '-') return fromText('<stdin>', await readText('-'), process.cwd());
  if (statSync(given, { throwIfNoEntry: false })?.isDirectory() !== false) {
    const shipped = shippedFile(given);
    if (shipped !== null) {
      const text = await readText(shipped);
      return { file: `${given}.yaml`, text, folder: dirname(shipped), shipped: true };
    }
  }
  if (statSync(given, { throwIfNoEntry: false }) === undefined) throw await notFound(given);
  return fromText(given, await readText(given), dirname(resolve(given)));
}

function fromText(file: string, text: string, folder: string): ScenarioSource {
  const refused = notText(text);
  if (refused !== null) throw new UserError(`${file}:1:1: ${refused}`);
  return { file, text: configOfResult(text, file) ?? text, folder, shipped: false };
}

async function notFound(given: string): Promise<UserError> {
  const { nearest } = await import('@llmsim/config');
  const names = shippedScenarios();
  const [likely] = nearest(given, names);
  const hint =
    likely === undefined
      ? `Built-in scenarios: ${names.join(', ')}.`
      : `Did you mean the built-in scenario ${likely}?`;
  return new UserError(
    `Cannot read ${given}: there is no such file and no built-in scenario of this name. ${hint}`,
  );
}
