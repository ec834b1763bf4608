/** The run of a point: the scenario with other numbers in it. Knows no analysis. */
import type { Factor, SeededPoint } from '@llmsim/analysis';
import type { ScenarioConfig } from '@llmsim/config';
import { type CheckedScenario, cellWith } from '../compare/checked-scenario.ts';
import type { ScenarioCell } from '../running/scenario-cell.ts';

/** The configuration was checked at both ends of every range, so a value between needs no second check. */
export function cellAt(
  base: Pick<CheckedScenario, 'config' | 'traceOf'>,
  factors: readonly Factor[],
): (point: SeededPoint) => ScenarioCell {
  return ({ point, seed }) => {
    const config: ScenarioConfig = structuredClone(base.config);
    for (const [index, { key }] of factors.entries()) {
      const value = point[index];
      if (value !== undefined) assign(config, key.split('.'), value);
    }
    return cellWith({ config, traceOf: base.traceOf }, seed);
  };
}

/** Sets a number that is there. */
function assign(parent: object, [key = '', ...rest]: readonly string[], value: number): void {
  if (rest.length === 0) {
    Reflect.set(parent, key, value);
    return;
  }
  const child: unknown = Reflect.get(parent, key);
  if (typeof child !== 'object' || child === null) throw new Error(`The configuration has no ${key}`);
  assign(child, rest, value);
}
