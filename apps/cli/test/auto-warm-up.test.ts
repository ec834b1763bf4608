/** `warmup_seconds: auto`: every command leaves out what a pilot run of the scenario's own seed asks for. */

import { chosenWarmUp, pilotOf } from '@llmsim/analysis';
import { compile, loadScenario } from '@llmsim/config';
import { simulate } from '@llmsim/engine';
import { describe, expect, it } from 'vitest';
import { planOf } from '../src/running/scenario-cell.ts';
import { folder, llmsim } from './program.ts';
import { cellOf } from './running/cells.ts';

/** Servers that fill up slowly: one GPU serves a request for half a minute. */
const BRIEF = [
  ...['--set', 'mode=mono', '--set', 'sim_seconds=400', '--set', 'arrival.rate_per_s=1'],
  ...['--set', 'cluster_mono={num_gpus: 60, decode_tokens_per_s: 4}', '--set', 'slo={ttft_s: 1}'],
];
const AUTO = ['--set', 'warmup_seconds=auto'];
const text = (seconds: number): string[] => ['--set', `warmup_seconds=${seconds}`];

/** What a command prints with `--json`. */
async function json(args: readonly string[]) {
  const { code, stdout, stderr } = await llmsim([...args, '-q', '--json'], {
    env: { XDG_CACHE_HOME: folder() },
  });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return JSON.parse(stdout);
}

/** What a pilot of the shipped scenario with these changes leaves out, by the libraries alone. */
async function chosen(changes: readonly string[]): Promise<number> {
  const { stdout } = await llmsim(['run', 'example', '--print-config', ...changes, ...text(0)]);
  const loaded = loadScenario(stdout);
  const compiled = loaded.ok ? compile(loaded.scenario.config) : loaded;
  if (!compiled.ok) throw new Error('The scenario is not valid');
  return chosenWarmUp(compiled.plan, simulate(pilotOf(compiled.plan)).report).warmup_seconds;
}

/** Without what repeats the configuration. */
function numbers({
  config: _config,
  config_hash: _hash,
  document: _document,
  ...rest
}: Record<string, unknown>): unknown {
  return rest;
}

describe('run', () => {
  it.each([
    ['a length', BRIEF],
    ['requests', [...BRIEF, '--num-prompts', '500']],
  ])('until %s: the same as with the number written down, twice the same bytes', async (_until, args) => {
    const seconds = await chosen(args);
    expect(seconds).toBeGreaterThan(0);
    const auto = await json(['run', 'example', ...args, ...AUTO]);
    expect(auto.config.warmup_seconds).toBe('auto');
    expect(auto.report.window_s[0]).toBe(seconds);
    expect(auto.warm_up).toMatchObject({ warmup_seconds: seconds, mser5_s: seconds });
    expect(numbers(auto)).toEqual(numbers(await json(['run', 'example', ...args, ...text(seconds)])));
    expect(await json(['run', 'example', ...args, ...AUTO])).toEqual(auto);
  });

  it('says at the top and in the answer what it left out', async () => {
    const { stdout } = await llmsim(['run', 'example', ...BRIEF, ...AUTO]);
    expect(stdout).toMatch(/measured [\d.]+–400 s \(auto\)/);
    expect(stdout).toMatch(/Warm-up: the first [\d.]+ s are left out, and MSER-5 starts there\./);
  });

  it('warns of queues that never settle, after half of the run', async () => {
    const { stdout } = await llmsim([
      'run',
      'example',
      ...BRIEF,
      ...AUTO,
      '--set',
      'cluster_mono.num_gpus=20',
    ]);
    expect(stdout).toMatch(/measured (19\d|200)/);
    expect(stdout).toMatch(/Overloaded/);
  });

  it('with many seeds measures all from the same instant on', async () => {
    const seconds = await chosen(BRIEF);
    const seeds = ['--replications', '3'];
    const auto = await json(['run', 'example', ...BRIEF, ...seeds, ...AUTO]);
    expect(auto.warm_up.warmup_seconds).toBe(seconds);
    expect(numbers(auto)).toEqual(
      numbers(await json(['run', 'example', ...BRIEF, ...seeds, ...text(seconds)])),
    );
  });
});

it('each point of a sweep has the pilot of its own configuration', async () => {
  const sweep = ['sweep', 'example', ...BRIEF, '--replications', '2', '--vary'];
  for (const rate of [1, 1.5]) {
    const seconds = await chosen([...BRIEF, '--set', `arrival.rate_per_s=${rate}`]);
    const auto = await json([...sweep, `arrival.rate_per_s=${rate}`, ...AUTO]);
    const written = await json([...sweep, `arrival.rate_per_s=${rate}`, ...text(seconds)]);
    expect(auto.points).toEqual(written.points);
  }
});

it('compare gives each option the pilot of its own configuration', async () => {
  const options = ['--replications', '2', '--set', 'cluster_disagg={prefill_gpus: 4, decode_gpus: 60}'];
  const { options: compared } = await json([
    'compare',
    'example',
    '--vary',
    'mode=mono,disagg',
    ...BRIEF,
    ...options,
    ...AUTO,
  ]);
  expect(compared).toHaveLength(2);
  for (const { name, warm_up } of compared) {
    const mode = ['--set', `mode=${name}`];
    expect(warm_up.warmup_seconds).toBe(await chosen([...BRIEF, ...options.slice(2), ...mode]));
  }
});

it('a cell draws the pilot by its own seed, whatever that of the run', () => {
  const set = ['warmup_seconds=auto', 'sim_seconds=300', 'arrival.rate_per_s=5'];
  const first = planOf(cellOf(set));
  const other = planOf({ ...cellOf([...set, 'random_seed=7']), pilot_seed: 42 });
  expect(other).toMatchObject({ seed: 7, warmup_seconds: first.warmup_seconds });
});

it('validate tells that it is chosen, and chooses nothing', async () => {
  const { code, stdout } = await llmsim(['validate', 'example', ...BRIEF, ...AUTO]);
  expect(code).toBe(0);
  expect(stdout).toContain('mono, 400 s, measured from where MSER-5 starts, seed 42');
  const facts = await llmsim(['validate', 'example', ...AUTO, '--json']);
  expect(facts.stdout).toContain('"warmup_seconds": "auto"');
});

describe('what examines many runs', () => {
  const short = ['--set', 'sim_seconds=30', '--set', 'slo={ttft_s: 0.5}', ...AUTO];
  const few = ['--set', 'arrival.rate_per_s=4'];
  it.each([
    ['plan', [...few, '--attain', '0.5', '--max-gpus', '6']],
    ['split', ['--gpus', '3', '--rate', '1,2']],
    ['crossover', ['--vary', 'arrival.rate_per_s=2,4', '--runs', '2', '--metric', 'ttft_s.mean']],
    ['sensitivity', ['--vary', 'arrival.rate_per_s=1..2', '--replications', '2']],
  ])('%s takes it', async (command, args) => {
    expect(await json([command, 'example', ...short, ...args])).toBeTypeOf('object');
  });
});
