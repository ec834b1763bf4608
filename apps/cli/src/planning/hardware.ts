/**
 * What replicas may run on, from lists on the command line. Knows no cluster sizes.
 */
import { clusterHardware, gpus, nearest, presets, type ScenarioConfig } from '@llmsim/config';
import { UserError } from '../exit-codes.ts';

/** One choice of hardware: the keys of a replica that name it. */
export interface Hardware {
  readonly name: string;
  readonly model: string;
  readonly keys: Readonly<Record<string, string | number>>;
}

export interface HardwareLists {
  readonly preset?: readonly string[];
  readonly gpu?: readonly string[];
  readonly tensorParallelSize?: readonly string[];
}

/**
 * The choices of the lists, null without any: each preset, or each GPU with each tensor parallel size for the model
 * that the scenario names.
 *
 * @throws UserError for a name that is not in the catalogue, and when no model is named.
 */
export function hardwareOf(config: ScenarioConfig, lists: HardwareLists): Hardware[] | null {
  const preset = items(lists.preset);
  const gpu = items(lists.gpu);
  const sizes = items(lists.tensorParallelSize);
  if (preset.length === 0 && gpu.length === 0 && sizes.length === 0) return null;
  if (preset.length > 0 && (gpu.length > 0 || sizes.length > 0)) {
    throw new UserError(
      '--preset names GPU and tensor parallel size, too: leave out --gpu and --tensor-parallel-size',
    );
  }
  if (preset.length > 0) return preset.map(ofPreset);
  const [named] = clusterHardware({ ...config, mode: 'mono' }).concat(
    clusterHardware({ ...config, mode: 'disagg' }),
  );
  if (named === undefined) {
    throw new UserError(
      '--gpu and --tensor-parallel-size need a model, and the scenario names none: write a preset or a model in cluster_mono.replica, or give --preset',
    );
  }
  const { model, precision } = named;
  const onGpus = gpu.length === 0 ? [named.gpu] : gpu.map((name) => known('--gpu', name, [...gpus.keys()]));
  const bySize = sizes.length === 0 ? [named.tensor_parallel_size] : sizes.map(sizeOf);
  return onGpus.flatMap((name) =>
    bySize.map((tensor_parallel_size) => ({
      name: `${name}/tp${tensor_parallel_size}`,
      model,
      keys: { model, precision, gpu: name, tensor_parallel_size },
    })),
  );
}

/** The scenario with these in its replicas: the first where prefill is done, the second where only decode is. */
export function onHardware(config: ScenarioConfig, first: Hardware, second: Hardware): object {
  const { cluster_mono, cluster_disagg } = config;
  const mono = cluster_mono.model === 'steps' ? cluster_mono : { model: 'steps', replica: {} };
  const disagg =
    cluster_disagg.model === 'steps'
      ? cluster_disagg
      : { model: 'steps', prefill_replica: {}, decode_replica: {}, link: cluster_disagg.link };
  return {
    ...config,
    cluster_mono: { ...mono, replica: replaced(mono.replica, first) },
    cluster_disagg: {
      ...disagg,
      prefill_replica: replaced(disagg.prefill_replica, first),
      decode_replica: replaced(disagg.decode_replica, second),
    },
  };
}

/** Of the replica's keys those that hold on any hardware. */
function replaced(replica: object, { keys }: Hardware): object {
  const kept = Object.entries(replica).filter(([key]) => !OF_HARDWARE.has(key));
  return { ...Object.fromEntries(kept), ...keys };
}

const OF_HARDWARE: ReadonlySet<string> = new Set([
  'preset',
  'model',
  'gpu',
  'precision',
  'tensor_parallel_size',
  'num_gpu_blocks',
  'step_time',
]);

function ofPreset(text: string): Hardware {
  const preset = known('--preset', text, [...presets.keys()]);
  return { name: preset, model: presets.get(preset)?.model ?? '', keys: { preset } };
}

function items(lists: readonly string[] = []): string[] {
  return lists.flatMap((list) => list.split(',')).map((item) => item.trim());
}

function sizeOf(text: string): number {
  const size = Number(text);
  if (![1, 2, 4, 8].includes(size)) {
    throw new UserError(`--tensor-parallel-size ${text}: it takes 1, 2, 4 or 8, or a list such as 1,2,4`);
  }
  return size;
}

function known(flag: string, name: string, names: readonly string[]): string {
  if (names.includes(name)) return name;
  const [likely] = nearest(name, names);
  const hint = likely === undefined ? `Known are ${names.join(', ')}.` : `Did you mean ${likely}?`;
  throw new UserError(`${flag} ${name}: there is none of this name in the catalogue. ${hint}`);
}
