/** What the page must show, computed here in Node straight from the packages. Knows no browser. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  breakdownTable,
  type ChartSpec,
  latencyTable,
  outcomeTable,
  poolTable,
  type TableSpec,
  throughputTable,
  ttftCdf,
} from '@llmsim/analysis';
import { type CompileOptions, compile, formatProblem, loadScenario } from '@llmsim/config';
import { type SimulationResult, simulate } from '@llmsim/engine';
import type { ShownCell } from './browser.ts';

const CONFIGS = join(import.meta.dirname, '../../../configs');

/** Names of the scenarios in the repository. */
export const allScenarioNames: readonly string[] = readdirSync(CONFIGS)
  .filter((file) => file.endsWith('.yaml'))
  .map((file) => file.slice(0, -5));

/** Those that need no trace. */
export const scenarioNames: readonly string[] = allScenarioNames.filter(
  (name) => !/^trace:/m.test(scenarioText(name)),
);

/** The path of a file beside the scenarios. */
export function configPath(name: string): string {
  return join(CONFIGS, name);
}

export function scenarioText(name: string): string {
  return readFileSync(join(CONFIGS, `${name}.yaml`), 'utf8');
}

/** The result of a scenario of the repository. */
export function simulated(
  name: string,
  set: readonly string[] = [],
  options: CompileOptions = {},
): SimulationResult {
  const loaded = loadScenario(scenarioText(name), { set });
  if (!loaded.ok) throw new Error(loaded.problems.map(formatProblem).join('\n'));
  const compiled = compile(loaded.scenario.config, options);
  if (!compiled.ok) throw new Error(compiled.problems.map(formatProblem).join('\n'));
  return simulate(compiled.plan);
}

export function tablesOf({ report }: SimulationResult): readonly TableSpec[] {
  return [latencyTable, poolTable, breakdownTable, outcomeTable, throughputTable].map((table) =>
    table(report),
  );
}

/** The TTFT chart of the example: both architectures. */
export function ttftChart(set: readonly string[] = []): ChartSpec {
  return ttftCdf(
    ['mono', 'disagg'].map((name) => ({ name, result: simulated('example', [...set, `mode=${name}`]) })),
  );
}

/** The cells of a table as `cellsOf` reads them from the page; those that name rows are left out. */
export function cellsOfSpec({ columns, rows }: TableSpec): Record<string, ShownCell[]> {
  const named = columns[0]?.unit === undefined;
  const entries = columns
    .map(({ key }, column): [string, ShownCell[]] => [
      key,
      rows
        .flatMap((cells) => cells[column] ?? [])
        .map(({ text, value }) => ({ text, value: asAttribute(value) })),
    ])
    .slice(named || rows.length > 1 ? 1 : 0);
  return Object.fromEntries(entries);
}

/** A number's shortest text names exactly one double, so equal texts are equal bits. */
function asAttribute(value: number | string | null): string | null {
  return value === null ? null : String(value);
}
