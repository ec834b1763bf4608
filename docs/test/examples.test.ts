/** The `@example` blocks of public names satisfy the compiler, and the values they promise come out. */
import { buildSync } from 'esbuild';
import { describe, expect, test } from 'vitest';
import { type Example, publicExamples } from './support/examples.ts';
import { typeErrors } from './support/snippets.ts';

/** What examples speak of without saying where it comes from. */
const GIVEN: Readonly<Record<string, string>> = {
  plan: "import('@llmsim/engine').SimulationPlan",
  mono: "import('@llmsim/engine').SimulationPlan",
  disagg: "import('@llmsim/engine').SimulationPlan",
  replica: "import('@llmsim/engine').ReplicaSpec",
  prefill_replica: "import('@llmsim/engine').ReplicaSpec",
  decode_replica: "import('@llmsim/engine').ReplicaSpec",
  link: "import('@llmsim/engine').KvLink",
  shortLane: "import('@llmsim/engine').GpuPoolSpec",
  longLane: "import('@llmsim/engine').GpuPoolSpec",
  prefill: "import('@llmsim/engine').GpuPool",
  decode: "import('@llmsim/engine').GpuPool",
  prefillReplicas: "import('@llmsim/engine').ReplicaPool",
  decodeReplicas: "import('@llmsim/engine').ReplicaPool",
  site: "import('@llmsim/engine').Site",
  arrivals: "import('rxjs').Observable<number>",
  scenario: "import('@llmsim/config').Scenario",
  config: "import('@llmsim/config').ScenarioConfig",
  problem: "import('@llmsim/config').Problem & import('@llmsim/traces').TraceProblem",
  trace: "import('@llmsim/traces').Trace",
  chunks: "import('@llmsim/traces').TraceChunks",
  file: 'Blob & { readonly name: string }',
  runner: "import('@llmsim/analysis').Runner<unknown>",
  cells: 'readonly unknown[]',
  cellOf: '(index: number) => unknown',
  planAt: "(rate_per_s: number) => import('@llmsim/engine').SimulationPlan",
  precision: "import('@llmsim/analysis').Precision",
  values: 'readonly number[]',
  workload: "import('@llmsim/engine').GeneratedWorkload",
  factors: "readonly import('@llmsim/analysis').Factor[]",
  evaluate: "import('@llmsim/analysis').Evaluate",
  read: "import('@llmsim/analysis').Reading",
  options: "readonly import('@llmsim/analysis').ComparedOption<unknown>[]",
  reports: "import('@llmsim/engine').SimulationReport[]",
  report: "import('@llmsim/engine').SimulationReport",
  log: "import('@llmsim/engine').RequestLog",
  result:
    "{ report: import('@llmsim/engine').SimulationReport; requests: import('@llmsim/engine').RequestLog }",
  runs: "readonly import('@llmsim/analysis').NamedResult[]",
  question: "import('@llmsim/analysis').SweepQuestion<unknown>",
  text: 'string',
};

const FROM_ELSEWHERE: Readonly<Record<string, string>> = {
  merge: 'rxjs',
  partition: 'rxjs',
  share: 'rxjs',
  take: 'rxjs',
  createReadStream: 'node:fs',
  writeFileSync: 'node:fs',
};

const examples = publicExamples();

test('there are many, and they satisfy the compiler', () => {
  expect(examples.length).toBeGreaterThan(40);
  const modules = new Map(
    examples.map((example, n) => [`${example.of} ${n}`.replace(/\W/g, '-'), asModule(example)]),
  );
  expect(typeErrors(modules)).toEqual([]);
});

function asModule({ imports, code }: Example): string {
  const mentions = (name: string): boolean =>
    new RegExp(`(?<![\\w']|(?<!\\.\\.)\\.)${name}\\b(?!:)`).test(code) &&
    !new RegExp(`const (\\{ )?${name}\\b`).test(code);
  const given = Object.entries(GIVEN).filter(([name]) => mentions(name));
  const elsewhere = Object.entries(FROM_ELSEWHERE).filter(([name]) => mentions(name));
  return [
    imports,
    ...elsewhere.map(([name, from]) => `import { ${name} } from '${from}';`),
    ...given.map(([name, type]) => `declare const ${name}: ${type};`),
    code,
  ].join('\n');
}

/** `expression; // 0.333…`, `// 'text'`, `// [1, 2]`: examples that stand alone and promise a value. */
const promises = examples.flatMap(({ of, imports, code }) => {
  const [statement = '', comment = ''] = code.split(/;\s*\/\/ /, 2);
  const value = /^(-?\d+(?:\.\d+)?…?|'[^']*'|\[[\d., -]+\])(?![\d.…]| ±)/.exec(comment)?.[1];
  const whole = code.split('\n').filter((line) => line.includes('; // ')).length === 1;
  const alone = !Object.keys(GIVEN).some((name) => new RegExp(`\\b${name}\\b`).test(code));
  const plain = !/^const |^import /.test(statement);
  return value !== undefined && whole && alone && plain ? [{ of, imports, statement, value }] : [];
});

describe('values', () => {
  test('are promised by some', () => expect(promises.length).toBeGreaterThan(12));

  test.each(promises)('$of gives $value', async ({ imports, statement, value }) => {
    const { outputFiles } = buildSync({
      stdin: {
        contents: `${imports}\nexport default ${statement};`,
        resolveDir: import.meta.dirname,
        loader: 'ts',
      },
      bundle: true,
      write: false,
      format: 'esm',
      conditions: ['@llmsim/source'],
    });
    const bundle = Buffer.from(outputFiles[0]?.text ?? '').toString('base64');
    const got: { default: unknown } = await import(`data:text/javascript;base64,${bundle}`);
    if (value.startsWith("'")) expect(got.default).toBe(value.slice(1, -1));
    else if (value.startsWith('[')) expect(got.default).toEqual(JSON.parse(value));
    else expect(String(roundedLike(value, Number(got.default)))).toBe(value.replace('…', ''));
  });
});

/** `0.166…` is cut, `0.351` is rounded. */
function roundedLike(shown: string, value: number): string {
  const digits = (shown.replace('…', '').split('.')[1] ?? '').length;
  return shown.endsWith('…') ? String(value).slice(0, shown.length - 1) : value.toFixed(digits);
}
