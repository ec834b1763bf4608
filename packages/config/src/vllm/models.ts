/**
 * The model of a `vllm serve` command in the catalogue. Knows no flags.
 */
import { type Model, models, type Precision } from '../hardware/models.ts';
import { nearest } from '../nearest.ts';

export interface ServedModel {
  readonly model: Model;
  /** What the name says of the weights; null when it says nothing. */
  readonly precision: Precision | null;
}

/** `meta-llama/Llama-3.1-8B-Instruct` is `llama-3.1-8b`; null for a model that the catalogue does not have. */
export function servedModel(id: string): ServedModel | null {
  const name = nameOf(id);
  const plain = name.replace(/-(instruct|chat|it|hf|fp8|dynamic|kv|base)\b/g, '');
  for (const model of models.values()) {
    const names = [model.name, ...model.aliases].map((alias) => alias.toLowerCase());
    if (names.includes(name) || names.includes(plain)) {
      return { model, precision: /fp8/.test(name) ? 'fp8' : null };
    }
  }
  return null;
}

/** Models whose name looks like `id`. */
export function likeModels(id: string): string[] {
  return nearest(nameOf(id), [...models.keys()]);
}

function nameOf(id: string): string {
  return (id.split('/').at(-1) ?? '').toLowerCase();
}
