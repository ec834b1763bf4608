/**
 * Names for measured combinations: `model/precision/gpu/tpN`. Knows no estimates.
 */
import { type MeasuredStepTime, measured } from './measured.ts';

/** What a measurement is looked up by. */
export type Combination = Pick<MeasuredStepTime, 'model' | 'precision' | 'gpu' | 'tensor_parallel_size'>;

/** Every preset by name. Where two engines were measured, the second one's name ends in the engine's. */
export const presets: ReadonlyMap<string, MeasuredStepTime> = named();

/** The measurement of a combination, null when nobody measured it. */
export function measurementOf(combination: Combination): MeasuredStepTime | null {
  return presets.get(nameOf(combination)) ?? null;
}

/** `llama-3.1-8b/bf16/h100-sxm/tp1`. */
export function nameOf({ model, precision, gpu, tensor_parallel_size }: Combination): string {
  return `${model}/${precision}/${gpu}/tp${tensor_parallel_size}`;
}

function named(): Map<string, MeasuredStepTime> {
  const presets = new Map<string, MeasuredStepTime>();
  for (const row of measured) {
    const name = nameOf(row);
    const engine = row.engine.split(' ')[0]?.toLowerCase();
    presets.set(presets.has(name) ? `${name}/${engine}` : name, row);
  }
  return presets;
}
