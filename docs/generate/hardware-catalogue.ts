/** The GPUs, models and presets of the catalogue, from the catalogue itself. */
import { gigabytes, gpus, models, presets } from '@llmsim/config';
import { code, table } from './table.ts';

export function gpuTable(): string {
  const rows = [...gpus.values()].map((gpu) => [
    code(gpu.name),
    gigabytes(gpu.memory_bytes),
    `${gpu.bandwidth_bytes_per_s / 1e12} TB/s`,
    `${gpu.bf16_flops / 1e12}`,
    gpu.fp8_flops === null ? '' : `${gpu.fp8_flops / 1e12}`,
    gpu.source,
  ]);
  return table(['gpu', 'memory', 'bandwidth', 'TFLOP/s bf16', 'TFLOP/s fp8', 'from'], rows);
}

export function modelTable(): string {
  const rows = [...models.values()].map((model) => [
    code(model.name),
    [...model.weights_bytes].map(([precision, bytes]) => `${code(precision)} ${gigabytes(bytes)}`).join(', '),
    String(model.num_layers),
    String(model.hidden_size),
    `${model.num_attention_heads} / ${model.num_key_value_heads} × ${model.head_dim}`,
    String(2 * model.num_layers * model.num_key_value_heads * model.head_dim * 2),
    model.source,
  ]);
  const shape = ['layers', 'hidden size', 'heads: query / KV × size'];
  return table(['model', 'weights', ...shape, 'KV bytes per token, 2 bytes a value', 'from'], rows);
}

export function presetTable(): string {
  const rows = [...presets].map(([name, row]) => [
    code(name),
    row.engine,
    code(row.source_kind),
    Object.values(row.step_time).map(milliseconds).join(' / '),
    `${row.decode_error_pct} %${row.prefill_error_pct === null ? '' : ` / ${row.prefill_error_pct} %`}`,
    row.source,
  ]);
  const times = 'ms: base / prefill token / decode seq / context token / attention';
  return table(['preset', 'engine', 'fitted to', times, 'error: decode / prefill', 'from'], rows);
}

function milliseconds(seconds: number): string {
  return String(Number((1000 * seconds).toPrecision(4)));
}
