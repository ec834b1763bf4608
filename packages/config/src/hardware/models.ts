/**
 * Language models by their published shape. Knows no GPUs and no measurements.
 *
 * 16-bit weights are parameters times 2. Weights of 8 bits are those of the measured runs (see `measured.ts`);
 * checkpoints that keep embeddings in 16 bits are some percent larger.
 */

export type Precision = 'bf16' | 'fp16' | 'fp8' | 'mxfp4';

export interface Model {
  readonly name: string;
  /** Parameters that one token passes: all of a dense model, the chosen experts of a mixture. */
  readonly active_parameters: number;
  readonly num_layers: number;
  /** Width of attention: query heads × head size. */
  readonly attention_width: number;
  /** Width of what is cached: key-value heads × head size. */
  readonly kv_width: number;
  /** Bytes of the weights, the usual precision first. */
  readonly weights_bytes: ReadonlyMap<Precision, number>;
  /** Where shape and parameters are published. */
  readonly source: string;
  /** As Hugging Face names it, without the owner, and names of like weights. */
  readonly aliases: readonly string[];
}

/** Bytes of the KV cache per token, key and value of every layer: 2 · layers · width · bytes of a value. */
export function kvBytesPerToken({ num_layers, kv_width }: Model, value_bytes: number): number {
  return 2 * num_layers * kv_width * value_bytes;
}

const LLAMA_70B = { active_parameters: 70.6e9, num_layers: 80, attention_width: 8192, kv_width: 1024 };
const LLAMA_70B_WEIGHTS: ReadonlyMap<Precision, number> = new Map([
  ['bf16', 141.1e9],
  ['fp8', 70.6e9],
]);

const all: readonly Model[] = [
  {
    name: 'llama-3.1-8b',
    active_parameters: 8.03e9,
    num_layers: 32,
    attention_width: 4096,
    kv_width: 1024,
    weights_bytes: new Map([
      ['bf16', 16.06e9],
      ['fp8', 8.5e9],
    ]),
    source: 'config.json of meta-llama/Llama-3.1-8B, 8,030,261,248 parameters',
    aliases: ['Llama-3.1-8B', 'Meta-Llama-3.1-8B', 'Meta-Llama-3-8B', 'Llama-3-8B'],
  },
  {
    name: 'llama-3.1-70b',
    ...LLAMA_70B,
    weights_bytes: LLAMA_70B_WEIGHTS,
    source: 'config.json of meta-llama/Llama-3.1-70B, 70.6 billion parameters',
    aliases: ['Llama-3.1-70B', 'Meta-Llama-3.1-70B', 'Meta-Llama-3-70B'],
  },
  {
    name: 'llama-3.3-70b',
    ...LLAMA_70B,
    weights_bytes: LLAMA_70B_WEIGHTS,
    source: 'config.json of meta-llama/Llama-3.3-70B-Instruct, the shape of Llama-3.1-70B',
    aliases: ['Llama-3.3-70B'],
  },
  {
    name: 'llama-2-70b',
    active_parameters: 68.98e9,
    num_layers: 80,
    attention_width: 8192,
    kv_width: 1024,
    weights_bytes: new Map([['fp16', 137.9e9]]),
    source: 'config.json of meta-llama/Llama-2-70b-hf',
    aliases: ['Llama-2-70b-hf', 'Llama-2-70b-chat-hf', 'Llama-2-70b-chat', 'Llama-2-70b'],
  },
  {
    name: 'qwen3-32b',
    active_parameters: 32.8e9,
    num_layers: 64,
    attention_width: 8192,
    kv_width: 1024,
    weights_bytes: new Map([
      ['bf16', 65.5e9],
      ['fp8', 33.5e9],
    ]),
    source: 'config.json of Qwen/Qwen3-32B, 32.8 billion parameters by its model card',
    aliases: ['Qwen3-32B'],
  },
  {
    name: 'gpt-oss-120b',
    active_parameters: 5.1e9,
    num_layers: 36,
    attention_width: 4096,
    kv_width: 512,
    weights_bytes: new Map([['mxfp4', 65.3e9]]),
    // Every other layer attends to 128 tokens alone: long contexts take less KV than kv_width says.
    source:
      'config.json of openai/gpt-oss-120b; 60.8 GiB and 5.1 billion active parameters by its model card',
    aliases: ['gpt-oss-120b'],
  },
];

/** Every model of the catalogue by name. */
export const models: ReadonlyMap<string, Model> = new Map(all.map((model) => [model.name, model]));

/** The precision a model is usually served in. */
export function usualPrecision(model: Model): Precision {
  const [usual = 'bf16'] = model.weights_bytes.keys();
  return usual;
}
