/**
 * Language models by their published shape. Knows no GPUs and no measurements.
 *
 * Shapes stand in each model's `config.json`; weights are those of the measured runs (see `measured.ts`).
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
    aliases: ['Llama-3.1-8B', 'Meta-Llama-3.1-8B', 'Meta-Llama-3-8B', 'Llama-3-8B'],
  },
  {
    name: 'llama-3.1-70b',
    ...LLAMA_70B,
    weights_bytes: LLAMA_70B_WEIGHTS,
    aliases: ['Llama-3.1-70B', 'Meta-Llama-3.1-70B', 'Meta-Llama-3-70B'],
  },
  { name: 'llama-3.3-70b', ...LLAMA_70B, weights_bytes: LLAMA_70B_WEIGHTS, aliases: ['Llama-3.3-70B'] },
  {
    name: 'llama-2-70b',
    active_parameters: 68.98e9,
    num_layers: 80,
    attention_width: 8192,
    kv_width: 1024,
    weights_bytes: new Map([['fp16', 137.9e9]]),
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
    aliases: ['Qwen3-32B'],
  },
  {
    name: 'gpt-oss-120b',
    active_parameters: 5.1e9,
    num_layers: 36,
    attention_width: 4096,
    kv_width: 512,
    weights_bytes: new Map([['mxfp4', 63e9]]),
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
