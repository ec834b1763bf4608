/** Texts that are no scenario, or barely one: what is said and where. */
import { describe, expect, it } from 'vitest';
import { configOf, linesOf, problemsOf } from './loading.ts';

/** CPU time so far: other programs on the machine count little. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** CPU time in which a text is found to be none, the less of two. */
function secondsFor(text: string): number {
  const once = (): number => {
    const before = cpuSeconds();
    expect(linesOf(text).length).toBeGreaterThan(0);
    return cpuSeconds() - before;
  };
  return Math.min(once(), once());
}

/** Below this a time tells little. */
const LEAST_S = 0.03;

describe('a text that is no scenario', () => {
  it.each([
    ['an empty file', '', 'a.yaml:1:1: the file is empty'],
    ['only comments', '# hello\n\n', 'a.yaml:1:1: the file is empty'],
    ['only null', 'null\n', 'a.yaml:1:1: the file is empty'],
    ['a list', '\n- mode: mono\n', 'a.yaml:2:1: a scenario is a mapping of keys, and this is a list'],
    ['a word', 'mono', 'a.yaml:1:1: a scenario is a mapping of keys, and this is a single value'],
    ['a tab', 'arrival:\n\trate_per_s: 2\n', 'a.yaml:2:1: a tab indents this line'],
    ['an open quote', 'mode: "mono\n', 'a.yaml:2:1: not valid YAML: missing closing "quote'],
    ['an open brace', 'arrival: {rate_per_s: 2\nmode: mono\n', 'a.yaml:2:1: '],
    ['an alias without anchor', 'arrival: *usual\n', 'a.yaml:1:10: the alias has no anchor before it'],
    ['a tag', 'mode: !mono mono\n', 'a.yaml:1:7: YAML tags are not used in scenarios'],
    ['a key that is a list', '? [a]\n: 3\n', 'a.yaml:1:3: a key must be a plain word'],
    ['a merge key', 'x: &x {rate_per_s: 2}\narrival: {<<: *x}\n', 'a.yaml:1:1: unknown key "x"'],
  ])('%s', (_what, text, start) => {
    expect(linesOf(text)[0]?.slice(0, start.length)).toBe(start);
  });

  it('says nothing of a mapping whose merge key is not read, and still checks the rest', () => {
    const lengths = 'prompt_tokens: &d {mode: real_mean_std, mean: 100, std: 10}\n';
    expect(linesOf(`${lengths}output_tokens:\n  <<: *d\n  mean: 50\nsim_seconds: 0\n`)).toEqual([
      'a.yaml:3:3: unknown key "<<" in output_tokens. Merge keys are not read: write the keys out.',
      'a.yaml:5:14: sim_seconds must be above 0, got 0. Write for example sim_seconds: 600.',
    ]);
  });

  it('does not call a value empty whose alias leads nowhere', () => {
    expect(linesOf('arrival: *usual\n')).toHaveLength(1);
  });

  it('names a key that is written twice, at its second place, and still checks the rest', () => {
    expect(linesOf('mode: mono\nmode: disagg\nsim_seconds: 0\n')).toEqual([
      'a.yaml:2:1: mode is written twice. Keep one of the two lines.',
      'a.yaml:3:14: sim_seconds must be above 0, got 0. Write for example sim_seconds: 600.',
    ]);
  });

  it('wants one document', () => {
    expect(linesOf('mode: mono\n---\nmode: disagg\n')).toEqual([
      'a.yaml:2:1: a second document starts here. Keep one scenario a file and remove the --- line.',
    ]);
  });

  it('is quick with aliases that would grow to billions of values', () => {
    const level = (name: string, of: string): string =>
      `${name}: &${name} {${[...'abcdefghi'].map((key) => `${key}: *${of}`).join(', ')}}\n`;
    const text = `l0: &l0 {a: 1}\n${[1, 2, 3, 4, 5, 6, 7, 8, 9].map((n) => level(`l${n}`, `l${n - 1}`)).join('')}`;
    const before = cpuSeconds();
    expect(linesOf(text)).toEqual([
      'a.yaml:1:1: the file means more fields than any scenario, once its aliases are written out. Remove what is not needed, and write values out instead of *aliases.',
    ]);
    expect(cpuSeconds() - before).toBeLessThan(3);
  });

  it.each([
    ['keys', 30_000, (count: number) => Array.from({ length: count }, (_, n) => `k${n}:`).join('\n')],
    ['equal keys', 80_000, (count: number) => 'a:\n'.repeat(count)],
    [
      'aliases',
      20_000,
      (count: number) => `a: &a 1\n${Array.from({ length: count }, (_, n) => `k${n}: *a`).join('\n')}`,
    ],
    ['lists', 60_000, (count: number) => '[a,'.repeat(count)],
    ['tabs', 200_000, (count: number) => '\t'.repeat(count)],
    ['mistakes', 30_000, (count: number) => 'a: b: c\n'.repeat(count)],
  ])('takes about as long for each of thousands of %s', (_what, count, textOf) => {
    const some = Math.max(LEAST_S, secondsFor(textOf(count / 8)));
    // Eight times as many; what compares each with each would take 64 times as long.
    expect(secondsFor(textOf(count)) / some).toBeLessThan(20);
  });

  it('ends an alias that contains itself', () => {
    expect(linesOf('slo: &slo {slo: *slo}\n')).toHaveLength(1);
  });

  it('ends a text nested thousands deep', () => {
    const [line, ...rest] = linesOf('['.repeat(50_000));
    expect(line).toMatch(/^a\.yaml:1:\d+: the text is nested too deeply/);
    expect(rest.length).toBeLessThan(10);
  });

  it('refuses a text far too long for a scenario', () => {
    expect(linesOf('a: 1\n'.repeat(100_000))).toEqual([
      'a.yaml:1:1: the file has 500000 characters, more than 250000. Is this a scenario? A trace goes into trace: {path: …} or --trace.',
    ]);
  });

  it('shortens a long value and keeps it on one line', () => {
    const [line = ''] = linesOf(`mode: "${'mono\\n'.repeat(50)}"\n`);
    expect(line.length).toBeLessThan(160);
    expect(line).not.toContain('\n');
  });

  it('takes a key such as __proto__ for an unknown one', () => {
    expect(linesOf('__proto__: {mode: disagg}\nconstructor: 1\n').map((line) => line.split('. ')[0])).toEqual(
      ['a.yaml:1:1: unknown key "__proto__"', 'a.yaml:2:1: unknown key "constructor"'],
    );
  });
});

describe('a text that is unusual and right', () => {
  it('may start with a byte order mark, without moving columns', () => {
    expect(configOf('\uFEFFmode: disagg\n').mode).toBe('disagg');
    expect(problemsOf('\uFEFFmode: x\n')).toMatchObject([{ line: 1, column: 7 }]);
  });

  it('may end its lines as Windows does', () => {
    expect(configOf('mode: disagg\r\nslo:\r\n  ttft_s: 1\r\n').slo).toEqual({ ttft_s: 1 });
    expect(problemsOf('mode: disagg\r\nsim_seconds: x\r\n')).toMatchObject([{ line: 2, column: 14 }]);
  });

  it('may be JSON', () => {
    expect(configOf('{"mode": "disagg", "arrival": {"rate_per_s": 3}}').arrival).toMatchObject({
      rate_per_s: 3,
    });
  });

  it('may name a value once and use it twice', () => {
    const { prompt_tokens, output_tokens } = configOf(
      'prompt_tokens: &long {mode: p50_p90, p50: 8, p90: 9}\noutput_tokens: *long\n',
    );
    expect(output_tokens).toEqual(prompt_tokens);
  });

  it('means the same under a %YAML 1.1 header', () => {
    expect(linesOf('%YAML 1.1\n---\nrandom_seed: 1:30\n')).toHaveLength(1);
    expect(configOf('%YAML 1.1\n---\nmode: disagg\n').mode).toBe('disagg');
  });
});
