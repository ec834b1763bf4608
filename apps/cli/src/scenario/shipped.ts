/**
 * The scenarios that travel with the program, in `configs/` beside the bundle. Knows no schema.
 */
import { existsSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where they lie, with the traces they replay. */
export const shippedFolder: string = fileURLToPath(new URL('./configs/', import.meta.url));

/** What `run` runs when it is told nothing. */
export const DEFAULT_SCENARIO = 'example';

/** Names of all scenarios, the default first. */
export function shippedScenarios(): string[] {
  const names = readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => basename(file, '.yaml'))
    .sort();
  return [
    ...names.filter((name) => name === DEFAULT_SCENARIO),
    ...names.filter((name) => name !== DEFAULT_SCENARIO),
  ];
}

/** The file of a scenario, null when there is none of this name. */
export function shippedFile(name: string): string | null {
  const file = join(shippedFolder, `${name}.yaml`);
  return /^[\w.-]+$/.test(name) && existsSync(file) ? file : null;
}
