/**
 * The quantities of a scenario that the page has controls for. Knows keys and their words; knows no layout.
 */
import { echoOf, poolLoads, type ScenarioConfig } from '@llmsim/config';

/** A slider ends where the offered load is this many times what the busiest pool can serve. */
const MOST_LOAD = 1.5;

export interface NumberField {
  readonly kind: 'number';
  /** The key with its parents, such as `arrival.rate_per_s`. */
  readonly path: string;
  readonly label: string;
  readonly unit: string;
  /** Null where the scenario does not say. */
  readonly value: number | null;
  readonly whole: boolean;
  /** The end of its slider, null for a quantity without one. It stays where it is while the value changes. */
  readonly slider_to: number | null;
}

export interface ChoiceField {
  readonly kind: 'choice';
  readonly path: string;
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly label: string }[];
}

export type Field = NumberField | ChoiceField;

/** Mode, load, machines, target, seed: in the order of the page. */
export function fieldsOf(config: ScenarioConfig): readonly Field[] {
  const { arrival, slo, random_seed } = config;
  return [
    modeField(config),
    ...(arrival !== undefined && 'rate_per_s' in arrival ? [rateField(config, arrival.rate_per_s)] : []),
    ...(arrival?.process === 'closed_loop'
      ? [whole('arrival.concurrency', 'Concurrency', 'requests', arrival.concurrency)]
      : []),
    ...machineFields(config),
    { ...whole('slo.ttft_s', 'TTFT target', 's', slo?.ttft_s ?? null), whole: false },
    whole('random_seed', 'Seed', '', random_seed),
  ];
}

function modeField({ mode }: ScenarioConfig): ChoiceField {
  const choices = [
    { value: 'mono', label: 'Monolithic' },
    { value: 'disagg', label: 'Disaggregated' },
  ];
  return { kind: 'choice', path: 'mode', label: 'Architecture', value: mode, choices };
}

function rateField(config: ScenarioConfig, value: number): NumberField {
  const slider_to = rounded(MOST_LOAD * capacity(config));
  return {
    kind: 'number',
    path: 'arrival.rate_per_s',
    label: 'Arrival rate',
    unit: 'req/s',
    value,
    whole: false,
    slider_to,
  };
}

function machineFields({ mode, cluster_mono, cluster_disagg }: ScenarioConfig): NumberField[] {
  if (mode === 'mono') {
    return cluster_mono.model === 'steps'
      ? [whole('cluster_mono.replicas', 'Replicas', '', cluster_mono.replicas)]
      : [whole('cluster_mono.num_gpus', 'GPUs', '', cluster_mono.num_gpus)];
  }
  if (cluster_disagg.model === 'steps') {
    const { prefill_replicas, decode_replicas } = cluster_disagg;
    return [
      whole('cluster_disagg.prefill_replicas', 'Prefill', 'replicas', prefill_replicas),
      whole('cluster_disagg.decode_replicas', 'Decode', 'replicas', decode_replicas),
    ];
  }
  const { prefill_gpus, decode_gpus } = cluster_disagg;
  return [
    whole('cluster_disagg.prefill_gpus', 'Prefill', 'GPUs', prefill_gpus),
    whole('cluster_disagg.decode_gpus', 'Decode', 'GPUs', decode_gpus),
  ];
}

function whole(path: string, label: string, unit: string, value: number | null): NumberField {
  return { kind: 'number', path, label, unit, value, whole: true, slider_to: null };
}

/** Requests a second that the busiest pool can serve, from means alone. */
function capacity(config: ScenarioConfig): number {
  if (config.trace !== undefined) return 0;
  const lengths = {
    prompt_tokens: echoOf(config.prompt_tokens).real.mean,
    output_tokens: echoOf(config.output_tokens).real.mean,
  };
  return Math.min(...poolLoads(config, 1, lengths).map(({ capacity_rps }) => capacity_rps));
}

/** Two digits, so that the end of a slider is a number one can say. */
function rounded(value: number): number {
  return Number(value.toPrecision(2));
}
