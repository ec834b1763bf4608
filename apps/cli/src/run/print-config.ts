/**
 * `--print-config`: the merged configuration as YAML that runs, each value with a comment that says where it came
 * from. Knows no key.
 */
import { type OriginOfValue, origins, type Scenario } from '@llmsim/config';
import type { ClusterKey } from '../scenario/both-clusters.ts';
import type { Assignment } from '../scenario/load.ts';
import { columnsOf, padEnd } from '../terminal/columns.ts';

export interface PrintedConfig {
  readonly changes: readonly Assignment[];
  /** The cluster whose machines the other one is made of; null where it is written or has its defaults. */
  readonly machines_of: ClusterKey | null;
  readonly json: boolean;
}

export function printConfig(scenario: Scenario, printed: PrintedConfig): void {
  const values = configOrigins(scenario, printed);
  process.stdout.write(printed.json ? `${JSON.stringify(values, null, 2)}\n` : configAsYaml(values));
}

/** Every value of the configuration with its origin, flags as the user typed them. */
function configOrigins(scenario: Scenario, { changes, machines_of }: PrintedConfig): OriginOfValue[] {
  const derived = `cluster_${scenario.config.mode}.`;
  return origins(scenario).map((value) => {
    if (machines_of !== null && value.from === 'default' && value.path.startsWith(derived))
      return { ...value, from: machines_of };
    const brought = changes.find(({ set }) => value.from === `--set ${set}`);
    return brought === undefined ? value : { ...value, from: brought.flag };
  });
}

function configAsYaml(values: readonly OriginOfValue[]): string {
  let parents: readonly string[] = [];
  const lines: Array<readonly [text: string, from: string]> = [];
  for (const { path, value, from } of values) {
    const keys = path.split('.');
    const key = keys.pop();
    const common = keys.findIndex((parent, depth) => parent !== parents[depth]);
    for (const [depth, parent] of keys.entries()) {
      if (common >= 0 && depth >= common) lines.push([`${'  '.repeat(depth)}${parent}:`, '']);
    }
    parents = keys;
    lines.push([`${'  '.repeat(keys.length)}${key}: ${scalar(value)}`, from]);
  }
  const width = Math.max(...lines.map(([text]) => columnsOf(text)));
  return lines
    .map(([text, from]) => (from === '' ? text : `${padEnd(text, width)}  # ${from}`))
    .map((line) => `${line}\n`)
    .join('');
}

/** Words stay bare; any other string is quoted. */
function scalar(value: OriginOfValue['value']): string {
  return typeof value === 'string' && !/^[a-z][\w-]*$/.test(value) ? JSON.stringify(value) : String(value);
}
