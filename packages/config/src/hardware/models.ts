/**
 * Language models by their published shape. Knows no GPUs and no measurements.
 *
 * 16-bit weights are parameters times 2. Of 8-bit weights, embeddings and the output layer stay in 16 bits, as in the
 * checkpoints that NVIDIA and others publish.
 */

export type Precision = 'bf16' | 'fp16' | 'fp8' | 'mxfp4';

export interface Model {
  readonly name: string;
  /** Parameters that one token passes: all of a dense model, the chosen experts of a mixture. */
  readonly active_parameters: number;
  readonly num_layers: number;
  readonly hidden_size: number;
  /** Query heads. */
  readonly num_attention_heads: number;
  /** Heads of keys and values, which are cached. */
  readonly num_key_value_heads: number;
  readonly head_dim: number;
  /** Bytes of the weights, the usual precision first. */
  readonly weights_bytes: ReadonlyMap<Precision, number>;
  /** Where shape and parameters are published. */
  readonly source: string;
  /** As Hugging Face names it, without the owner, and names of like weights. */
  readonly aliases: readonly string[];
}

/** Bytes of the KV cache per token, key and value of every layer: 2 · layers · KV heads · head size · bytes of a value. */
export function kvBytesPerToken(
  { num_layers, num_key_value_heads, head_dim }: Model,
  value_bytes: number,
): number {
  return 2 * num_layers * num_key_value_heads * head_dim * value_bytes;
}

const LLAMA_70B = {
  active_parameters: 70.6e9,
  num_layers: 80,
  hidden_size: 8192,
  num_attention_heads: 64,
  num_key_value_heads: 8,
  head_dim: 128,
};
const LLAMA_70B_WEIGHTS: ReadonlyMap<Precision, number> = new Map([
  ['bf16', 141.1e9],
  ['fp8', 72.7e9],
]);

const all: readonly Model[] = [
  {
    name: 'llama-3.1-8b',
    active_parameters: 8.03e9,
    num_layers: 32,
    hidden_size: 4096,
    num_attention_heads: 32,
    num_key_value_heads: 8,
    head_dim: 128,
    weights_bytes: new Map([
      ['bf16', 16.06e9],
      ['fp8', 9.08e9],
    ]),
    source:
      'config.json of meta-llama/Llama-3.1-8B, 8,030,261,248 parameters; fp8 the files of nvidia/Llama-3.1-8B-Instruct-FP8',
    aliases: ['Llama-3.1-8B', 'Meta-Llama-3.1-8B', 'Meta-Llama-3-8B', 'Llama-3-8B'],
  },
  {
    name: 'llama-3.1-70b',
    ...LLAMA_70B,
    weights_bytes: LLAMA_70B_WEIGHTS,
    source:
      'config.json of meta-llama/Llama-3.1-70B, 70.6 billion parameters; fp8 by arithmetic, nvidia/Llama-3.1-70B-Instruct-FP8 has 15 files of at most 5 GB',
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
    hidden_size: 8192,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 128,
    weights_bytes: new Map([['fp16', 137.9e9]]),
    source: 'config.json of meta-llama/Llama-2-70b-hf; parameters by arithmetic',
    aliases: ['Llama-2-70b-hf', 'Llama-2-70b-chat-hf', 'Llama-2-70b-chat', 'Llama-2-70b'],
  },
  {
    name: 'qwen3-32b',
    active_parameters: 32.8e9,
    num_layers: 64,
    // Narrower than its heads together.
    hidden_size: 5120,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 128,
    weights_bytes: new Map([
      ['bf16', 65.5e9],
      ['fp8', 34.3e9],
    ]),
    source:
      'qwen3_32b.yaml of Ascend/MindSpeed-RL, 32.8 billion parameters by the model card of Qwen/Qwen3-32B; fp8 by arithmetic',
    aliases: ['Qwen3-32B'],
  },
  {
    name: 'gpt-oss-120b',
    active_parameters: 5.1e9,
    num_layers: 36,
    hidden_size: 2880,
    num_attention_heads: 64,
    num_key_value_heads: 8,
    head_dim: 64,
    weights_bytes: new Map([['mxfp4', 65.3e9]]),
    // Every other layer attends to 128 tokens alone: long contexts take less KV than its heads say.
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
