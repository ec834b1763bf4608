/**
 * A `vllm serve` command → a configuration of the step model. Knows vLLM's defaults; runs nothing.
 */
import { type Gpu, gpus } from '../hardware/gpus.ts';
import { checkConfig } from '../load/check.ts';
import { nearest } from '../nearest.ts';
import type { Checked, Problem } from '../problem.ts';
import type { ScenarioConfig } from '../schema/scenario.ts';
import { shellWord } from '../shell-word.ts';
import { clusterOf } from './cluster.ts';
import { type ConfigFlags, flagsOfConfig } from './config-file.ts';
import { KNOWN, NOT_SIMULATED, NUMBERS, REFUSED, WITHOUT_EFFECT, WORDS } from './flags.ts';
import { launchOf, type OtherServer } from './launch.ts';
import { likeModels, servedModel } from './models.ts';
import { numberAfter } from './numbers.ts';
import { parseServe, type ServeCommand } from './parse.ts';
import { wordsOf } from './words.ts';

export interface ServeOptions {
  /** The GPU that the command runs on: the command does not say. Default `h100-sxm`. */
  readonly gpu?: string;
  /** The text of the file behind `--config`. Without it, a command with that flag is a problem. */
  readonly readConfig?: (path: string) => string;
}

/** A configuration, and what of the command it does not hold. */
export interface ServedConfig {
  readonly config: ScenarioConfig;
  /** What was left out and what was assumed, a line each. */
  readonly notes: readonly string[];
  /** The server's command alone, with its secrets left out. */
  readonly command: string;
}

/**
 * Turns the command of a server into a monolithic cluster. A flag that is not known is a problem, one that is known
 * and not simulated a note. Limits that the command leaves open are vLLM's own.
 *
 * @example
 * const served = fromVllmServe('vllm serve Qwen/Qwen3-32B -tp 4 --max-num-seqs 128', { gpu: 'h100-sxm' });
 * if (served.ok) served.config.cluster_mono; // { model: 'steps', replica: { preset: 'qwen3-32b/bf16/h100-sxm/tp4', … } }
 */
export function fromVllmServe(command: string, options: ServeOptions = {}): Checked<ServedConfig> {
  const words = wordsOf(command);
  if (words === null) return { ok: false, problems: [problem('', 'a quote is left open', 'Close it.')] };
  const launch = launchOf(words);
  if (launch.client) {
    const fix = 'Give the command of that server: vllm serve MODEL.';
    return {
      ok: false,
      problems: [problem('', 'the command starts the client that measures a server', fix)],
    };
  }
  if (launch.other !== null) return { ok: false, problems: [otherServer(launch.other)] };
  const { parsed, places, problems: misread } = withConfigFile(parseServe(launch.words), options);
  const { gpu: gpuName = 'h100-sxm' } = options;
  const gpu = gpus.get(gpuName);
  const served = servedModel(parsed.model ?? '');
  const problems = [
    ...misread,
    ...(gpu === undefined ? [unknownGpu(gpuName)] : []),
    ...(served === null ? [unknownModel(parsed.model)] : []),
    ...parsed.strays.map((word) => problem(word, 'it belongs to no flag', 'Remove it.')),
    ...[...parsed.flags].flatMap(([flag, value]) =>
      flagProblems(flag, value).map((found) => inFile(found, flag, places)),
    ),
  ];
  if (problems.length > 0 || gpu === undefined || served === null) return { ok: false, problems };
  const { cluster, notes } = clusterOf(parsed.flags, served, gpu);
  const checked = checkConfig({ mode: 'mono', cluster_mono: cluster });
  if (!checked.ok) return { ok: false, problems: checked.problems.map(atFlag) };
  return {
    ...checked,
    notes: [...assumption(options, gpu), ...notes, ...leftOut(parsed), ...environment(launch.variables)],
    command: shown(launch.words),
  };
}

/** The command with the flags of its file below its own. */
function withConfigFile(
  command: ServeCommand,
  { readConfig }: ServeOptions,
): { readonly parsed: ServeCommand; readonly problems: readonly Problem[] } & Pick<ConfigFlags, 'places'> {
  const path = command.flags.get('config');
  if (path === undefined) return { parsed: command, places: new Map(), problems: [] };
  if (typeof path !== 'string' || readConfig === undefined) {
    const fix = 'Write --config FILE, or its flags themselves.';
    return { parsed: command, places: new Map(), problems: [problem('--config', 'it needs a file', fix)] };
  }
  const file = flagsOfConfig(readConfig(path), path);
  const flags = new Map([...file.flags, ...command.flags]);
  const model = command.model ?? String(file.flags.get('model') ?? '');
  for (const name of ['config', 'model', 'model-tag']) flags.delete(name);
  const places = new Map([...file.places].filter(([flag]) => !command.flags.has(flag)));
  return {
    parsed: { ...command, model: model === '' ? null : model, flags },
    places,
    problems: file.problems,
  };
}

/** A problem of a flag that the file of `--config` writes, at its place there. */
function inFile(found: Problem, flag: string, places: ConfigFlags['places']): Problem {
  const place = places.get(flag);
  return place === undefined
    ? found
    : { ...found, ...place, flag: null, message: `${flag}: ${found.message}` };
}

function otherServer({ name, limits }: OtherServer): Problem {
  const as = limits === null ? '' : ` with the same limits: ${limits}`;
  const fix = `Write vllm serve MODEL${as}. Step times are those of vLLM; calibrate fits them to measurements of yours.`;
  return problem('', `the command starts ${name}, and only those of vLLM are read`, fix);
}

function environment(variables: ReadonlyMap<string, string>): string[] {
  const names = [...variables.keys()].filter((name) => name !== 'VLLM_USE_V1' && name.startsWith('VLLM_'));
  const old = variables.get('VLLM_USE_V1') === '0';
  return [
    ...(old ? ['VLLM_USE_V1=0 is not simulated: replicas schedule as vLLM V1 does'] : []),
    ...(names.length === 0 ? [] : [`left out, variables of the environment: ${names.join(', ')}`]),
  ];
}

/** Values that nobody wants in a file. */
const SECRET = /^--(api-key|hf-token)(=.*)?$/s;

function shown(words: readonly string[]): string {
  const own = words.flatMap((word, index) => {
    const [, flag, inline] = SECRET.exec(word) ?? [];
    if (flag !== undefined) return [inline === undefined ? word : `--${flag}=…`];
    return [SECRET.test(words[index - 1] ?? '') && !/=/.test(words[index - 1] ?? '') ? '…' : shellWord(word)];
  });
  const named = words.some((word) => word === 'serve' || word.startsWith('vllm.entrypoints'));
  return [...(named ? [] : ['vllm serve']), ...own].join(' ');
}

function flagProblems(flag: string, value: string | boolean): Problem[] {
  const name = `--${flag}`;
  const worded = WORDS.get(flag);
  if (worded !== undefined && !(typeof value === 'string' && worded.words.has(value))) {
    const known = [...worded.words.keys()].join(', ');
    return [problem(name, `${String(value)} is not simulated`, `Known are ${known}.`)];
  }
  if (NUMBERS.has(flag) && numberAfter(flag, value) === null) {
    return [problem(name, 'it needs a number', `Write ${name} and a number.`)];
  }
  if (KNOWN.includes(flag)) return [];
  const refused = REFUSED.get(flag);
  if (refused !== undefined) return [problem(name, refused, 'Remove it.')];
  const [likely] = nearest(flag, KNOWN);
  const fix = likely === undefined ? 'Remove it if it does not matter here.' : `Did you mean --${likely}?`;
  return [problem(name, 'this flag is not known', fix)];
}

function unknownGpu(name: string): Problem {
  const likely = nearest(name, [...gpus.keys()]);
  const fix =
    likely.length > 0 ? `Did you mean ${likely.join(' or ')}?` : `Known are ${[...gpus.keys()].join(', ')}.`;
  return problem('--gpu', `${name} is not in the catalogue`, fix);
}

function unknownModel(model: string | null): Problem {
  if (model === null) return problem('', 'the command names no model', 'Write vllm serve MODEL.');
  const likely = likeModels(model);
  const fix = `Write a file with step_time, or take ${likely.length > 0 ? likely.join(' or ') : 'a model of the catalogue'}.`;
  return problem(model, 'this model is not in the catalogue', fix);
}

function problem(flag: string, message: string, fix: string): Problem {
  return { file: '', line: null, column: null, flag: flag === '' ? null : flag, path: '', message, fix };
}

/** A problem of the configuration under the name of the flag that brought it. */
function atFlag(found: Problem): Problem {
  const key = found.path.split('.').at(-1);
  const [flag] = [...NUMBERS].find(([, ours]) => ours === key) ?? [];
  return flag === undefined ? found : { ...found, flag: `--${flag}` };
}

function assumption({ gpu }: ServeOptions, { name }: Gpu): string[] {
  return gpu === undefined ? [`the command names no GPU: ${name} is assumed`] : [];
}

function leftOut({ flags }: ServeCommand): string[] {
  const without = [...flags.keys()].filter((flag) => WITHOUT_EFFECT.has(flag));
  const notes = [...flags].flatMap(([flag, value]) => {
    const meaning = NOT_SIMULATED.get(flag);
    return meaning === undefined || value === false ? [] : [`--${flag} is not simulated: ${meaning}`];
  });
  if (!flags.has('enable-prefix-caching')) {
    notes.push(
      'prefix caching is on in vLLM, and here with enable_prefix_caching: true and a trace with hash ids',
    );
  }
  if (without.length === 0) return notes;
  return [...notes, `left out, without effect on time: ${without.map((flag) => `--${flag}`).join(', ')}`];
}
