/**
 * What stands around the command of a server: a prompt, variables of the environment, a container, a shell. Knows which
 * programs serve models; knows no flag of vLLM.
 */
import { wordsOf } from './words.ts';

/** A command without what starts it. */
export interface Launch {
  /** From the server's name on, or its arguments alone where the image of a container has the name. */
  readonly words: readonly string[];
  /** Variables that it is started with, by name. */
  readonly variables: ReadonlyMap<string, string>;
  /** The server that it starts where that is not vLLM. */
  readonly other: OtherServer | null;
  /** Whether it starts the client that measures a server. */
  readonly client: boolean;
}

export interface OtherServer {
  readonly name: string;
  /** What its limits are called in vLLM, a sentence; null where nothing is known. */
  readonly limits: string | null;
}

const SGLANG: OtherServer = {
  name: 'SGLang',
  limits:
    '--max-running-requests is --max-num-seqs, --chunked-prefill-size is --max-num-batched-tokens, --mem-fraction-static is --gpu-memory-utilization, --tp is -tp',
};
const TENSORRT: OtherServer = {
  name: 'TensorRT-LLM',
  limits:
    '--max_batch_size is --max-num-seqs, --max_num_tokens is --max-num-batched-tokens, --kv_cache_free_gpu_memory_fraction is about --gpu-memory-utilization, --tp_size is -tp',
};

/** By a part of the word that starts it, or of its image. */
const OTHERS: ReadonlyArray<readonly [RegExp, OtherServer]> = [
  [/(^|[/.])sglang\b/, SGLANG],
  [/\btrtllm-(serve|bench|llmapi-launch)\b|tensorrt-?llm/, TENSORRT],
  [/text-generation-(launcher|inference)/, { name: 'TGI', limits: null }],
  [/(^|\/)(tritonserver|lmdeploy|ollama|llama-server|mlc_llm)\b/, { name: 'another server', limits: null }],
];

/** Options of `docker run` without a value; all others have one. */
const DOCKER_SWITCHES =
  /^(-[ditPq]+|--(detach|interactive|tty|rm|init|privileged|read-only|publish-all|quiet|no-healthcheck|oom-kill-disable))$/;

export function launchOf(words: readonly string[]): Launch {
  const variables = new Map<string, string>();
  const inner = unwrapped(words, variables);
  const image = imageOf(words);
  // An image has the server in its name, unless the command in it does; a model may be called anything.
  const program = inner
    .slice(0, 5)
    .filter((word, index) => !word.startsWith('-') && inner[index - 1] !== '--model');
  const own = program.some((word) => /(^|\/)vllm$|^vllm\.entrypoints/.test(word)) || /vllm/.test(image ?? '');
  const named = own ? [] : [...program, image ?? ''];
  const [, other = null] = OTHERS.find(([name]) => named.some((word) => name.test(word))) ?? [];
  const client = inner.some(
    (word, index) =>
      (word === 'bench' && /(^|\/)vllm$/.test(inner[index - 1] ?? '')) || /benchmark_serving/.test(word),
  );
  return { words: inner, variables, other, client };
}

function unwrapped(words: readonly string[], variables: Map<string, string>): readonly string[] {
  const [first = '', second, third, ...rest] = words;
  const [, name, value = ''] = /^([A-Za-z_]\w*)=(.*)$/s.exec(first) ?? [];
  if (name !== undefined) {
    variables.set(name, value);
    return unwrapped(words.slice(1), variables);
  }
  if (['$', '#', 'sudo', 'env', 'exec', 'nohup', 'export', '&&'].includes(first)) {
    return unwrapped(words.slice(1), variables);
  }
  if (
    /(^|\/)(ba|z)?sh$/.test(first) &&
    /^-\w*c$/.test(second ?? '') &&
    third !== undefined &&
    rest.length === 0
  ) {
    return unwrapped(wordsOf(third) ?? [], variables);
  }
  const container = containerOf(words);
  if (container === null) return words;
  for (const set of container.variables) {
    const at = set.indexOf('=');
    variables.set(at === -1 ? set : set.slice(0, at), at === -1 ? '' : set.slice(at + 1));
  }
  return unwrapped(container.words, variables);
}

interface Container {
  readonly image: string;
  readonly words: readonly string[];
  readonly variables: readonly string[];
}

/** `docker run … IMAGE …`; null for another command. */
function containerOf(words: readonly string[]): Container | null {
  if (!/^(docker|podman|nerdctl)$/.test(words[0] ?? '')) return null;
  const run = words.indexOf('run');
  if (run === -1) return null;
  const variables: string[] = [];
  const entry: string[] = [];
  let at = run + 1;
  for (; words[at]?.startsWith('-'); at++) {
    const word = words[at] ?? '';
    const [, inline] = /^--env=(.*)$/s.exec(word) ?? [];
    if (inline !== undefined) variables.push(inline);
    const [, program] = /^--entrypoint=(.*)$/s.exec(word) ?? [];
    if (program !== undefined) entry.push(program);
    if (word.includes('=') || DOCKER_SWITCHES.test(word)) continue;
    const value = words[++at] ?? '';
    if (word === '-e' || word === '--env') variables.push(value);
    if (word === '--entrypoint') entry.push(value);
  }
  return { image: words[at] ?? '', words: [...entry, ...words.slice(at + 1)], variables };
}

function imageOf(words: readonly string[]): string | null {
  const docker = words.findIndex((word) => /^(docker|podman|nerdctl)$/.test(word));
  return docker === -1 ? null : (containerOf(words.slice(docker))?.image ?? null);
}
