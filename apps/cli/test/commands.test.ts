/** `validate`, `scenarios`, `init`, `schema`, `completion`. */
import { execFile } from 'node:child_process';
import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';
import { jsonSchema, TRACE_FORMATS } from '@llmsim/config';
import { TRACE_FORMATS as READABLE } from '@llmsim/traces';
import { describe, expect, it } from 'vitest';
import { entry } from '../build.mjs';
import { folder, llmsim } from './program.ts';

const shell = promisify(execFile);

describe('validate', () => {
  it('prints what a scenario means: lengths in both spaces, load, expected requests', async () => {
    const { code, stdout, stderr } = await llmsim(['validate', 'example']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/about 1,200 requests/);
    expect(stdout).toMatch(/prompt_tokens +mean 1,024, std 512/);
    expect(stdout).toMatch(/output_tokens .*p50 128, p90 512/);
    expect(stdout).toMatch(/in log space mu 4\.852/);
    expect(stdout).toMatch(/prefill pool +2 GPUs serve up to 15\.6 req\/s/);
  });

  it('computes the load of each pool from the means', async () => {
    const { stdout } = await llmsim(['validate', 'heavy-load', '--set', 'arrival.rate_per_s=10', '--json']);
    const [{ facts }] = JSON.parse(stdout);
    const service_s = 2048 / 8000 + Math.exp(6.5) / 2000;
    expect(facts.pools[0].service_s).toBeCloseTo(service_s, 12);
    expect(facts.pools[0].load).toBeCloseTo((10 * service_s) / 4, 12);
    expect(facts.expected_requests).toBe(6000);
  });

  it('checks every file, reports all problems and exits with 2', async () => {
    const cwd = folder({ 'good.yaml': 'mode: mono\n', 'bad.yaml': 'mode: x\nsim_seconds: 0\n' });
    const { code, stdout, stderr } = await llmsim(['validate', 'bad.yaml', 'good.yaml', 'none.yaml'], {
      cwd,
    });
    expect(code).toBe(2);
    expect(stdout).toMatch(/✓ good\.yaml is valid/);
    expect(stderr).toMatch(/bad\.yaml:1:7: .*\nbad\.yaml:2:14: /);
    expect(stderr).toMatch(/none\.yaml: there is no such file/);
  });

  it('reads the trace of a scenario, and exits with 4 when it is bad', async () => {
    const azure = await llmsim(['validate', 'azure-conv-mono']);
    expect(azure.stdout).toMatch(/5\.53 req\/s: 19,366 requests/);
    const cwd = folder({ 's.yaml': 'trace: {path: t.csv}\n', 't.csv': 'x\n' });
    const bad = await llmsim(['validate', 's.yaml'], { cwd });
    expect(bad.code).toBe(4);
    expect(bad.stderr).toMatch(/t\.csv:1:1: /);
  });
});

describe('scenarios', () => {
  it('lists each with a title, the default first; each is valid', async () => {
    const { stdout } = await llmsim(['scenarios', '--json']);
    const scenarios: Array<{ name: string; title: string }> = JSON.parse(stdout);
    expect(scenarios[0]?.name).toBe('example');
    expect(scenarios.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        'light-load',
        'heavy-load',
        'high-variance',
        'azure-conv-mono',
        'azure-conv-disagg',
        'mooncake-prefix',
      ]),
    );
    for (const { title } of scenarios) expect(title).not.toBe('');
    const valid = await llmsim(['validate', ...scenarios.map(({ name }) => name)]);
    expect(valid.code, valid.stderr).toBe(0);
    // What is said of a trace is said again, though the scenario spreads its arrivals.
    for (const line of valid.stderr.split('\n').filter((written) => written !== ''))
      expect(line).toMatch(
        /^warning: \S+mooncake-conversation-500\.jsonl: .* grid of 3 s; they were spread over 3 s/,
      );
    const text = await llmsim(['scenarios']);
    for (const { name } of scenarios) expect(text.stdout).toContain(name);
  });
});

describe('init', () => {
  it('writes a file that runs, once', async () => {
    const cwd = folder();
    expect((await llmsim(['init', 'my.yaml'], { cwd })).code).toBe(0);
    expect((await llmsim(['validate', 'my.yaml'], { cwd })).code).toBe(0);
    expect((await llmsim(['init', 'my.yaml'], { cwd })).code).toBe(2);
    writeFileSync(join(cwd, 'my.yaml'), 'mine');
    expect((await llmsim(['init', 'my.yaml', '--force'], { cwd })).code).toBe(0);
    expect(readFileSync(join(cwd, 'my.yaml'), 'utf8')).toMatch(/^# /);
  });
});

describe('schema', () => {
  it('prints the JSON Schema', async () => {
    const { stdout } = await llmsim(['schema']);
    expect(JSON.parse(stdout)).toEqual(jsonSchema());
  });
});

describe('completion', () => {
  const installed = (name: string) =>
    shell(name, ['-c', 'true']).then(
      () => true,
      () => false,
    );

  /** The program by its name, as the scripts call it. */
  function env(): NodeJS.ProcessEnv {
    const bin = folder();
    writeFileSync(join(bin, 'llmsim'), `#!/bin/sh\nexec "${process.execPath}" "${entry}" "$@"\n`);
    chmodSync(join(bin, 'llmsim'), 0o755);
    return { ...process.env, PATH: `${bin}${delimiter}${process.env.PATH}` };
  }

  it('completes commands, options, choices and scenarios in bash', async () => {
    const script = `source <(llmsim completion bash)
      try() { COMP_WORDS=(llmsim "$@"); COMP_CWORD=$#; _llmsim; echo "\${COMPREPLY[*]}"; }
      try va; try run --req; try run --trace-format m; try run hea; try trace co; try run -o x`;
    const { stdout } = await shell('bash', ['-c', script], { env: env() });
    expect(stdout.split('\n')).toEqual([
      'validate',
      expect.stringMatching(/^--requests?(-rate)?\s--requests?(-rate)?$/),
      'mooncake',
      'heavy-load',
      'convert',
      '',
      '',
    ]);
  });

  it('completes in fish', async ({ skip }) => {
    if (!(await installed('fish'))) skip();
    const script =
      'llmsim completion fish | source; complete -C "llmsim run hea"; complete -C "llmsim run --pri"';
    const { stdout } = await shell('fish', ['-c', script], { env: env() });
    expect(stdout).toMatch(/^heavy-load\n--print-config\tprint the merged/);
  });

  it('the zsh script is sound', async ({ skip }) => {
    if (!(await installed('zsh'))) skip();
    const script = `autoload -U compinit; compinit -D -u; source <(llmsim completion zsh); print $_comps[llmsim]`;
    const { stdout } = await shell('zsh', ['-f', '-c', script], { env: env() });
    expect(stdout).toBe('_llmsim\n');
  });

  it('offers the formats that can be read', async () => {
    const offered = async (words: readonly string[]) => {
      const { stdout } = await llmsim(['complete', 'bash', '--', ...words, '']);
      return stdout.trimEnd().split('\n');
    };
    expect((await offered(['trace', 'inspect', '--format'])).sort()).toEqual(
      READABLE.map(({ name }) => name).sort(),
    );
    expect((await offered(['run', '--trace-format'])).sort()).toEqual([...TRACE_FORMATS].sort());
  });
});
