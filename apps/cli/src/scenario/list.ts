/** The shipped scenarios with what they say about themselves. */
import { readFileSync } from 'node:fs';
import { type ScenarioTitle, scenarioTitle } from '@llmsim/config';
import { shippedFile, shippedScenarios } from './shipped.ts';

export interface ShippedScenario extends ScenarioTitle {
  readonly name: string;
  readonly file: string;
}

export function listScenarios(): ShippedScenario[] {
  return shippedScenarios().flatMap((name) => {
    const file = shippedFile(name);
    return file === null ? [] : [{ name, ...scenarioTitle(readFileSync(file, 'utf8')), file }];
  });
}
