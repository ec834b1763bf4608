/**
 * The keys of a replica that name its hardware, and the rules that tie them together. Knows no step times.
 */
import * as z from 'zod';
import { gpus } from '../hardware/gpus.ts';
import { DEFAULT_GPU_MEMORY_UTILIZATION } from '../hardware/kv-memory.ts';
import { models, type Precision } from '../hardware/models.ts';
import { presets } from '../hardware/presets.ts';
import { TENSOR_PARALLEL_SIZES } from '../hardware/step-time-estimate.ts';
import { type Broken, rule } from './rule.ts';

const PRECISIONS: readonly Precision[] = ['bf16', 'fp16', 'fp8', 'mxfp4'];

export const hardwareKeys = {
  preset: z
    .enum([...presets.keys()])
    .optional()
    .meta({
      description:
        'A measured model/precision/gpu/tensor parallelism, which brings step times and KV memory.',
      examples: ['llama-3.1-8b/bf16/h100-sxm/tp1'],
    }),
  model: z
    .enum([...models.keys()])
    .optional()
    .meta({
      description:
        'Instead of preset, with gpu: a model of the catalogue. Step times that nobody measured are estimated.',
      examples: ['llama-3.1-8b'],
    }),
  gpu: z
    .enum([...gpus.keys()])
    .optional()
    .meta({ description: 'The GPU that runs the model.', examples: ['h100-sxm'] }),
  precision: z
    .enum(PRECISIONS)
    .optional()
    .meta({ description: 'Of the weights; absent: the usual one of the model.', examples: ['bf16'] }),
  tensor_parallel_size: z
    .literal([...TENSOR_PARALLEL_SIZES])
    .optional()
    .meta({ description: 'GPUs that one replica of the model takes; absent: 1.', examples: [1] }),
  kv_cache_dtype: z
    .enum(['auto', 'fp8'])
    .optional()
    .meta({
      description: 'fp8: a cached value takes one byte. auto: as measured, two bytes where nobody measured.',
      examples: ['fp8'],
    }),
  gpu_memory_utilization: z.number().positive().max(1).optional().meta({
    description:
      'Share of the GPU memory that the engine takes; with weights and KV bytes it gives num_gpu_blocks.',
    default: DEFAULT_GPU_MEMORY_UTILIZATION,
  }),
};

/** The hardware of a replica as written. */
export type HardwareKeys = z.output<z.ZodObject<typeof hardwareKeys>>;

/** Whether a replica says what it runs on. */
export function namesHardware({ preset, model }: Pick<HardwareKeys, 'preset' | 'model'>): boolean {
  return preset !== undefined || model !== undefined;
}

const NAMED_BY_PRESET = ['model', 'gpu', 'precision', 'tensor_parallel_size'] as const;
const OF_HARDWARE = [
  'gpu',
  'precision',
  'tensor_parallel_size',
  'kv_cache_dtype',
  'gpu_memory_utilization',
] as const;

export const presetStandsAlone: z.core.$ZodCheck<HardwareKeys> = rule(
  ['preset', ...NAMED_BY_PRESET],
  (written: HardwareKeys): Broken<keyof HardwareKeys> | null => {
    const blame = NAMED_BY_PRESET.find((key) => written[key] !== undefined);
    if (written.preset === undefined || blame === undefined) return null;
    return {
      blame,
      message: `preset says ${blame}, too`,
      fix: `Remove ${blame}, or write model, gpu and tensor_parallel_size without preset.`,
    };
  },
);

export const hardwareIsWhole: z.core.$ZodCheck<HardwareKeys> = rule(
  ['preset', 'model', ...OF_HARDWARE],
  (written: HardwareKeys): Broken<keyof HardwareKeys> | null => {
    if (written.preset !== undefined) return null;
    if (written.model !== undefined) {
      if (written.gpu !== undefined) return null;
      return { blame: 'model', message: 'model needs a gpu', fix: 'Add gpu: h100-sxm.' };
    }
    const blame = OF_HARDWARE.find((key) => written[key] !== undefined);
    if (blame === undefined) return null;
    const fix =
      blame === 'gpu' ? 'Add model: llama-3.1-8b.' : `Add preset, or model and gpu; or remove ${blame}.`;
    return { blame, message: `${blame} has no meaning without a model`, fix };
  },
);

export const precisionIsKnown: z.core.$ZodCheck<HardwareKeys> = rule(
  ['model', 'precision'],
  ({ model, precision }: Pick<HardwareKeys, 'model' | 'precision'>) => {
    const known = [...(models.get(model ?? '')?.weights_bytes.keys() ?? [])];
    if (precision === undefined || known.length === 0 || known.includes(precision)) return null;
    return {
      blame: 'precision',
      message: `the weights of ${model} are known in ${known.join(' and ')}, got ${precision}`,
      fix: `Write precision: ${known[0]}.`,
    };
  },
);
